package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.Hypotheses.Switch;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a hypothesis explains, and along which paths: from each explained symptom back to a cause,
 * always by the strongest way.
 */
final class Explanation {
    private final Scene scene;
    private final Graph graph;
    private final List<Switch> causes;
    private final Map<StateAt, Double> on = new HashMap<>();
    private final Map<StateAt, Double> path = new HashMap<>();
    private final Map<StateAt, Link> back = new HashMap<>();
    private final Set<StateAt> explained = new HashSet<>();

    private Explanation(Scene scene, Graph graph, List<Switch> causes) {
        this.scene = scene;
        this.graph = graph;
        this.causes = causes;
    }

    static Explanation of(Scene scene, Graph graph, List<Switch> causes) {
        var explanation = new Explanation(scene, graph, causes);
        for (var one : causes) {
            if (!one.isUnknown()) {
                explanation.on.put(StateAt.of(one.cause()), 1.0);
                explanation.path.put(StateAt.of(one.cause()), 1.0);
            }
        }
        graph.order().stream().filter(node -> !node.cause()).forEach(explanation::visit);
        return explanation;
    }

    private void visit(StateAt node) {
        var none = 1.0;
        var best = 0.0;
        for (var one : causes) {
            none *= one.region().contains(node) ? 1 - scene.parameters.unknownWeight() : 1;
        }
        for (var link : graph.into(node)) {
            var weight = link.effect().weight();
            none *= 1 - weight * on.getOrDefault(link.from(), 0.0);
            var along = path.getOrDefault(link.from(), 0.0) * weight;
            if (along > best) {
                best = along;
                back.put(node, link);
            }
        }
        settle(node, 1 - none, best);
    }

    private void settle(StateAt node, double caused, double best) {
        var sight = graph.sight(node);
        switch (sight.seen()) {
            case PRESENT -> {
                var isExplained =
                        caused > 0
                                && share(node, caused) >= scene.parameters.thresholds().explains();
                if (isExplained) {
                    explained.add(node);
                }
                on.put(node, isExplained ? 1.0 : 0.0);
                path.put(node, isExplained && best > 0 ? 1.0 : 0.0);
            }
            case ABSENT -> {
                var left = 1 - sight.reliability();
                on.put(node, caused * left);
                path.put(node, best * left);
            }
            case LATENT, CAUSE -> {
                on.put(node, caused);
                path.put(node, best);
            }
        }
    }

    /** Probability that the hypothesis, and not chance, brought about what was seen. */
    private double share(StateAt node, double caused) {
        return caused / (1 - (1 - caused) * (1 - scene.leak(node)));
    }

    boolean explains(StateAt node) {
        return explained.contains(node);
    }

    /** Share of the incident's live symptoms that is explained, 0..1. */
    double explained() {
        return share(scene.live().stream().map(s -> StateAt.of(s.key())).toList());
    }

    /** The same, of those that users of the cluster feel. */
    double impactExplained() {
        return share(
                scene.live().stream()
                        .filter(symptom -> scene.model.isImpact(symptom.key().type()))
                        .map(symptom -> StateAt.of(symptom.key()))
                        .toList());
    }

    private double share(List<StateAt> nodes) {
        var count = nodes.stream().filter(this::explains).count();
        return nodes.isEmpty() ? 1 : (double) count / nodes.size();
    }

    /** Links from the causes to everything that is explained, causes first, each once. */
    List<Link> tree() {
        var wanted = new HashSet<StateAt>();
        explained.forEach(node -> wantAllBefore(node, wanted));
        var links = new ArrayList<Link>();
        for (var node : graph.order()) {
            var link = back.get(node);
            if (link != null && wanted.contains(node)) {
                links.add(link);
            }
        }
        return links;
    }

    private void wantAllBefore(StateAt node, Set<StateAt> wanted) {
        var here = node;
        while (wanted.add(here)) {
            var link = back.get(here);
            if (link == null || graph.sight(link.from()).seen() == Seen.CAUSE) {
                return;
            }
            here = link.from();
        }
    }
}
