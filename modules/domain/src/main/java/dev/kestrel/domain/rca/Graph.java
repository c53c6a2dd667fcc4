package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The causal graphs of all candidates, merged: each state of each resource once, with what was seen
 * of it, in topological order.
 */
final class Graph {
    private final Scene scene;
    private final SortedMap<StateAt, List<Link>> into = new TreeMap<>();
    private final Map<StateAt, Sight> sights = new HashMap<>();
    private final Map<StateAt, Double> loud = new HashMap<>();
    private final Map<StateAt, Double> quiet = new HashMap<>();
    private final List<StateAt> order = new ArrayList<>();

    private Graph(Scene scene) {
        this.scene = scene;
    }

    /** Merges what the candidates predict with what was seen. */
    static Graph of(Scene scene, List<Cause> candidates, Expansion expansion) {
        var graph = new Graph(scene);
        var latest = new HashMap<StateAt, Duration>();
        for (var cause : candidates) {
            var predicted = expansion.of(cause);
            predicted.forEach((node, p) -> latest.merge(node, p.most(), Graph::longer));
            graph.take(predicted.keySet(), expansion);
        }
        scene.live().forEach(seen -> graph.node(StateAt.of(seen.key())));
        graph.sort();
        graph.order.forEach(node -> graph.look(node, latest.getOrDefault(node, Duration.ZERO)));
        return graph;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private List<Link> node(StateAt node) {
        return into.computeIfAbsent(node, ignored -> new ArrayList<>());
    }

    private void take(Set<StateAt> nodes, Expansion expansion) {
        nodes.forEach(this::node);
        for (var from : nodes) {
            for (var link : expansion.linksFrom(from)) {
                if (nodes.contains(link.to())) {
                    addOnce(node(link.to()), link);
                }
            }
        }
    }

    /** Between two states the stronger rule counts. */
    private static void addOnce(List<Link> links, Link link) {
        for (int i = 0; i < links.size(); i++) {
            var other = links.get(i);
            if (other.from().equals(link.from())) {
                if (other.effect().weight() < link.effect().weight()) {
                    links.set(i, link);
                }
                return;
            }
        }
        links.add(link);
    }

    /** Feedback (two services that call each other) is cut where the walk comes back. */
    private void sort() {
        var done = new HashSet<StateAt>();
        for (var node : new TreeSet<>(into.keySet())) {
            visit(node, done, new HashSet<>());
        }
    }

    private void visit(StateAt node, Set<StateAt> done, Set<StateAt> path) {
        if (done.contains(node)) {
            return;
        }
        path.add(node);
        var links = node(node);
        links.sort((a, b) -> a.from().compareTo(b.from()));
        links.removeIf(link -> path.contains(link.from()));
        links.forEach(link -> visit(link.from(), done, path));
        path.remove(node);
        done.add(node);
        order.add(node);
    }

    private void look(StateAt node, Duration latest) {
        sights.put(node, scene.sight(node, latest));
        loud.put(node, share(node, true));
        quiet.put(node, share(node, false));
    }

    /** Every node after those that may bring it about. */
    List<StateAt> order() {
        return order;
    }

    /** What may bring a node about. */
    List<Link> into(StateAt node) {
        return into.getOrDefault(node, List.of());
    }

    Sight sight(StateAt node) {
        return sights.getOrDefault(node, Sight.LATENT);
    }

    boolean isPresent(StateAt node) {
        return sight(node).seen() == Seen.PRESENT;
    }

    /** Part of one observation that this one counts. */
    double share(StateAt node) {
        return (isPresent(node) ? loud : quiet).getOrDefault(node, 1.0);
    }

    /**
     * Symptoms of alike resources repeat each other, and so do missing symptoms; but that many
     * other resources are quiet takes nothing from what a loud one says.
     */
    private double share(StateAt node, boolean wanted) {
        var before = wanted ? loud : quiet;
        return node(node).stream()
                .filter(link -> link.loud() == wanted)
                .mapToDouble(link -> link.share() * before.getOrDefault(link.from(), 1.0))
                .min()
                .orElse(1);
    }
}
