package dev.kestrel.domain.rca.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Cuts a network where nodes were seen: an observed node separates what is before it from what is
 * after it, so the parts can be scored one by one and a long chain of symptoms is not counted as
 * many votes for its root.
 */
final class Components {
    /**
     * One part.
     *
     * @param nodes in topological order; each belongs to one part
     * @param enumerated open nodes with several relevant children, tried both ways
     */
    record Component(int[] nodes, int[] enumerated) {}

    private final CausalNetwork network;
    private final boolean[] relevant;
    private final int[] relevantChildren;
    private final int[] leader;

    private Components(CausalNetwork network) {
        this.network = network;
        this.relevant = new boolean[network.size()];
        this.relevantChildren = new int[network.size()];
        this.leader = new int[network.size()];
    }

    /**
     * @param maxEnumerated in one part; further ones keep their mean
     */
    static List<Component> of(CausalNetwork network, int maxEnumerated) {
        var components = new Components(network);
        components.markRelevant();
        components.unite();
        return components.collect(maxEnumerated);
    }

    /** A node matters when it was seen or when an observed one depends on it through open ones. */
    private void markRelevant() {
        for (int v = network.size() - 1; v >= 0; v--) {
            var node = network.node(v);
            if (node.isClamped()) {
                relevant[v] = true;
            }
            if (node.hasSoftAbsence()) {
                relevant[v] = true;
                relevantChildren[v]++;
            }
            if (relevant[v]) {
                for (var parent : node.parents()) {
                    if (network.node(parent).isOpen()) {
                        relevant[parent] = true;
                        relevantChildren[parent]++;
                    }
                }
            }
        }
    }

    private void unite() {
        for (int v = 0; v < leader.length; v++) {
            leader[v] = v;
        }
        for (int v = 0; v < leader.length; v++) {
            if (relevant[v]) {
                for (var parent : network.node(v).parents()) {
                    if (network.node(parent).isOpen()) {
                        leader[find(v)] = find(parent);
                    }
                }
            }
        }
    }

    private int find(int v) {
        var here = v;
        while (leader[here] != here) {
            leader[here] = leader[leader[here]];
            here = leader[here];
        }
        return here;
    }

    private List<Component> collect(int maxEnumerated) {
        var members = new TreeMap<Integer, List<Integer>>();
        for (int v = 0; v < leader.length; v++) {
            if (relevant[v]) {
                members.computeIfAbsent(find(v), ignored -> new ArrayList<>()).add(v);
            }
        }
        return members.values().stream().map(nodes -> component(nodes, maxEnumerated)).toList();
    }

    private Component component(List<Integer> nodes, int maxEnumerated) {
        return new Component(
                nodes.stream().mapToInt(v -> v).toArray(),
                nodes.stream()
                        .filter(v -> network.node(v).isOpen() && relevantChildren[v] >= 2)
                        .limit(maxEnumerated)
                        .mapToInt(v -> v)
                        .toArray());
    }
}
