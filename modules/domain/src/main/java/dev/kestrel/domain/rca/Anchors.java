package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds the causes that may be behind a symptom: walks the effects backwards along the live edges,
 * strongest path first, so a limit cuts what matters least.
 */
public final class Anchors {
    /** Most anchors of one symptom. */
    public static final int LIMIT = 64;

    /** A path weaker than this is noise. */
    static final double LEAST_WEIGHT = 0.02;

    private static final int MOST_STATES = 256;
    private static final Set<Relation> HUBS =
            EnumSet.of(Relation.RESOLVES_VIA, Relation.RUNS_ON, Relation.CALLS);

    private static final Comparator<Reached> STRONGEST =
            Comparator.comparingDouble(Reached::weight)
                    .reversed()
                    .thenComparing(Reached::state)
                    .thenComparing(Reached::at);

    private record Reached(
            String state,
            ResourceRef at,
            double weight,
            Duration least,
            Duration most,
            int dependents,
            boolean hub,
            int depth) {}

    private final Topology topology;
    private final CausalModel model;
    private final Parameters.Limits limits;
    private final BiPredicate<Condition, ResourceRef> holds;
    private final PriorityQueue<Reached> open = new PriorityQueue<>(STRONGEST);
    private final List<Anchor> found = new ArrayList<>();

    private Anchors(
            Topology topology,
            CausalModel model,
            Parameters.Limits limits,
            BiPredicate<Condition, ResourceRef> holds) {
        this.topology = topology;
        this.model = model;
        this.limits = limits;
        this.holds = holds;
    }

    /** Possible causes of a symptom, strongest first, each once; at most {@link #LIMIT}. */
    public static List<Anchor> of(SymptomKey symptom, Topology topology, CausalModel model) {
        return new Anchors(
                        topology,
                        model,
                        Parameters.Limits.DEFAULTS,
                        (condition, subject) -> condition.holds(subject, topology))
                .walk(symptom);
    }

    /** The same within an inference, which asks each condition once. */
    static List<Anchor> of(SymptomKey symptom, Scene scene) {
        return new Anchors(scene.topology, scene.model, scene.parameters.limits(), scene::holds)
                .walk(symptom);
    }

    private List<Anchor> walk(SymptomKey symptom) {
        var seen = new HashSet<List<Object>>();
        open.add(
                new Reached(
                        symptom.type(),
                        symptom.about(),
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        1,
                        false,
                        0));
        while (!open.isEmpty() && seen.size() < MOST_STATES && found.size() < LIMIT) {
            var here = open.remove();
            // A state may have the name of its mechanism; where the walk begins it is the state.
            var isCause = here.depth() > 0 && model.mechanisms().containsKey(here.state());
            if (!seen.add(List.of(isCause, here.state(), here.at()))) {
                continue;
            }
            if (isCause) {
                found.add(anchor(here));
            } else if (here.depth() < limits.depth()) {
                model.causesOf(here.state()).forEach(effect -> back(effect, here));
            }
        }
        return List.copyOf(found);
    }

    private void back(Effect effect, Reached here) {
        var weight = here.weight() * effect.weight();
        if (weight < LEAST_WEIGHT
                || !effect.path().endsAt(here.at())
                || !holds.test(effect.when(), here.at())) {
            return;
        }
        effect.path().origins(here.at(), topology).stream()
                .filter(origin -> applies(effect.from(), origin))
                .filter(origin -> holds.test(effect.given(), origin))
                .limit(limits.fanOut())
                .forEach(origin -> open.add(step(effect, here, origin, weight)));
    }

    private boolean applies(String from, ResourceRef origin) {
        var mechanism = model.mechanisms().get(from);
        return mechanism == null
                ? model.state(from, origin).on().covers(origin)
                : mechanism.on().covers(origin) && holds.test(mechanism.when(), origin);
    }

    private Reached step(Effect effect, Reached here, ResourceRef origin, double weight) {
        var reach = effect.path().isSelf() ? 1 : effect.path().reach(origin, topology).size();
        return new Reached(
                effect.from(),
                origin,
                weight,
                here.least().plus(effect.lagLeast()),
                here.most().plus(effect.lagMost()),
                Math.max(here.dependents(), reach),
                here.hub() || crossesHub(effect),
                here.depth() + 1);
    }

    private static boolean crossesHub(Effect effect) {
        return effect.path().steps().stream()
                .map(EffectPath.Step::relation)
                .anyMatch(HUBS::contains);
    }

    private static Anchor anchor(Reached here) {
        return new Anchor(
                new Cause(here.state(), here.at()),
                here.weight(),
                here.least(),
                here.most(),
                here.dependents(),
                here.hub());
    }
}
