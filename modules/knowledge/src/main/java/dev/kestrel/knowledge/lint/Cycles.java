package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Effect;
import dev.kestrel.domain.rca.EffectPath;
import dev.kestrel.domain.topology.Relation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds effects that lead back to themselves. Only a call or a name lookup may: it leads to another
 * resource, and feedback between resources is cut when the graph is built.
 */
final class Cycles {
    private static final Set<Relation> ELSEWHERE =
            EnumSet.of(Relation.CALLS, Relation.RESOLVES_VIA);

    private final CausalModel model;
    private final Set<String> done = new HashSet<>();
    private final List<List<Effect>> found = new ArrayList<>();

    private Cycles(CausalModel model) {
        this.model = model;
    }

    /** Each cycle as the effects that make it. */
    static List<List<Effect>> in(CausalModel model) {
        var cycles = new Cycles(model);
        model.states().keySet().forEach(state -> cycles.visit(state, new ArrayList<>()));
        return cycles.found;
    }

    private void visit(String state, List<Effect> path) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).from().equals(state)) {
                found.add(List.copyOf(path.subList(i, path.size())));
                return;
            }
        }
        if (done.contains(state)) {
            return;
        }
        for (var effect : model.effectsOf(state)) {
            if (!model.mechanisms().containsKey(state) && !leadsElsewhere(effect)) {
                path.add(effect);
                visit(effect.to(), path);
                path.removeLast();
            }
        }
        done.add(state);
    }

    private static boolean leadsElsewhere(Effect effect) {
        return effect.path().steps().stream()
                .map(EffectPath.Step::relation)
                .anyMatch(ELSEWHERE::contains);
    }
}
