package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Mechanism;
import dev.kestrel.knowledge.Complaint;
import dev.kestrel.knowledge.Example;
import dev.kestrel.knowledge.Knowledge;
import dev.kestrel.knowledge.Pack;
import dev.kestrel.knowledge.Pack.Declared;
import dev.kestrel.knowledge.yaml.Place;
import dev.kestrel.knowledge.yaml.Reader;
import dev.kestrel.knowledge.yaml.Tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the knowledge beyond its form: no effect leads back to itself, every mechanism shows,
 * every pack proves itself by examples that are played through the real reasoning, and what is hard
 * to tell apart is named.
 */
public final class Lint {
    private static final int LEAST_EXAMPLES = 2;

    private final Knowledge knowledge;
    private final CausalModel model;
    private final List<Complaint> complaints = new ArrayList<>();
    private final Map<String, List<Tree>> worlds = new HashMap<>();

    private Lint(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.model = knowledge.model();
        complaints.addAll(knowledge.complaints());
    }

    /** All complaints at once. Examples are played only when the form is right. */
    public static LintReport of(Knowledge knowledge) {
        var lint = new Lint(knowledge);
        lint.cycles();
        lint.reachability();
        lint.readWorlds();
        knowledge.packs().forEach(lint::examples);
        var close =
                Separability.of(lint.model).stream()
                        .filter(pair -> pair.nats() < Separability.ENOUGH)
                        .toList();
        close.forEach(lint::separability);
        return new LintReport(
                lint.model.digest(),
                knowledge.packs().size(),
                lint.model.mechanisms().size(),
                knowledge.packs().stream().mapToInt(pack -> pack.examples().size()).sum(),
                lint.complaints.stream().sorted().toList(),
                close);
    }

    private static Place place(String at) {
        var colon = at.lastIndexOf(':');
        return colon < 0
                ? new Place(at, 1)
                : new Place(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
    }

    private void cycles() {
        for (var cycle : Cycles.in(model)) {
            var text = cycle.stream().map(effect -> effect.id()).collect(Collectors.joining(", "));
            complaints.add(
                    Complaint.error(
                            place(cycle.getFirst().at()), "the effects lead in a circle: " + text));
        }
    }

    private void reachability() {
        for (var mechanism : model.mechanisms().values()) {
            if (!shows(mechanism)) {
                complaints.add(
                        Complaint.error(
                                place(mechanism.at()),
                                mechanism.id() + " leads to no symptom, so nothing can show it"));
            }
        }
    }

    private boolean shows(Mechanism mechanism) {
        var seen = new HashSet<String>();
        var open = new ArrayList<>(List.of(mechanism.id()));
        while (!open.isEmpty()) {
            for (var effect : model.effectsOf(open.removeLast())) {
                var state = model.states().get(effect.to());
                if (state != null && !state.latent()) {
                    return true;
                }
                if (seen.add(effect.to())) {
                    open.add(effect.to());
                }
            }
        }
        return false;
    }

    private void readWorlds() {
        knowledge
                .files()
                .worlds()
                .forEach(
                        (name, text) -> {
                            try {
                                worlds.put(name, Reader.read("worlds/" + name + ".yaml", text));
                            } catch (Reader.Malformed e) {
                                complaints.add(
                                        Complaint.error(e.place(), "no YAML: " + e.getMessage()));
                            }
                        });
    }

    private void examples(Pack pack) {
        if (!pack.mechanisms().isEmpty()) {
            var ids =
                    pack.mechanisms().stream()
                            .map(one -> one.value().id())
                            .collect(Collectors.toSet());
            var positive = count(pack, ids, true);
            var negative = count(pack, ids, false);
            if (positive < LEAST_EXAMPLES || negative < LEAST_EXAMPLES) {
                complaints.add(
                        Complaint.error(
                                pack.place(),
                                "the pack %s has %d examples where one of its mechanisms is the cause and %d where none is; give at least %d of each"
                                        .formatted(
                                                pack.name(), positive, negative, LEAST_EXAMPLES)));
            }
        }
        pack.examples().forEach(this::play);
    }

    /** An example is positive when a mechanism of the pack is expected. */
    private static long count(Pack pack, Set<String> mechanisms, boolean positive) {
        return pack.examples().stream()
                .map(Declared::value)
                .filter(
                        example -> {
                            var expected = example.expected();
                            var mechanism = expected.top().replaceAll("@.*", "");
                            return positive
                                    ? mechanisms.contains(mechanism) && expected.notTop().isEmpty()
                                    : !expected.notTop().isEmpty() || expected.top().isEmpty();
                        })
                .count();
    }

    private void play(Declared<Example> declared) {
        var example = declared.value();
        example.symptoms().stream()
                .filter(seen -> !model.states().containsKey(seen.type()))
                .forEach(
                        seen ->
                                complaints.add(
                                        Complaint.error(
                                                seen.place(), "there is no state " + seen.type())));
        var world = worlds.get(example.world());
        if (world == null) {
            complaints.add(
                    Complaint.error(
                            declared.place(),
                            "there is no world %s; there are %s"
                                    .formatted(
                                            example.world(),
                                            worlds.keySet().stream().sorted().toList())));
        } else if (knowledge.isSound()) {
            var diagnosis = ExampleRun.of(example, world, model).diagnosis();
            var differences = ExampleCheck.differences(example.expected(), diagnosis);
            if (!differences.isEmpty()) {
                complaints.add(
                        Complaint.error(
                                declared.place(),
                                "the example \"%s\" comes out otherwise: %s. Got %s"
                                        .formatted(
                                                example.name(),
                                                String.join("; ", differences),
                                                ExampleCheck.outcome(diagnosis))));
            }
        }
    }

    private void separability(Separability.Pair pair) {
        var mechanism = model.mechanisms().get(pair.one());
        if (!pair.separated() && mechanism != null) {
            complaints.add(
                    Complaint.warning(
                            place(mechanism.at()),
                            "%s and %s are indistinguishable (%.2f nats); add an investigation that separates them, or merge them"
                                    .formatted(pair.one(), pair.other(), pair.nats())));
        }
    }
}
