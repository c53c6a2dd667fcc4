package dev.kestrel.domain.rca.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A causal graph in topological order, as numbers: what may bring about what, and what was seen.
 * Built once per inference and scored for many hypotheses.
 */
public final class CausalNetwork {
    private final List<Node> nodes = new ArrayList<>();

    /** What is known about a node. */
    public enum Seen {
        /** Switched on or off by the hypothesis; never by other nodes. */
        CAUSE,
        /** Not seen, or not visible. */
        LATENT,
        PRESENT,
        ABSENT
    }

    /** How several parents combine. */
    public enum Gate {
        /** Noisy or: each parent alone may bring it about. */
        OR,
        /** Noisy and: all parents together bring it about, with the first weight. */
        AND
    }

    /**
     * One state of one resource.
     *
     * @param parents indexes of earlier nodes
     * @param weights one for each parent
     * @param leak probability without any parent
     * @param reliability how far an {@link Seen#ABSENT} may be trusted, 0..1
     * @param share of one observation that this one counts, 0..1; below 1 where it repeats others
     */
    public record Node(
            Seen seen,
            Gate gate,
            int[] parents,
            double[] weights,
            double leak,
            double reliability,
            double share) {
        /** Absence this reliable is as good as seen; below, the node stays open. */
        static final double CERTAIN = 0.95;

        boolean isClamped() {
            return seen == Seen.PRESENT || (seen == Seen.ABSENT && reliability >= CERTAIN);
        }

        /** Neither given by the hypothesis nor seen. */
        boolean isOpen() {
            return seen != Seen.CAUSE && !isClamped();
        }

        boolean hasSoftAbsence() {
            return seen == Seen.ABSENT && reliability > 0 && reliability < CERTAIN;
        }

        /** Probability of the node, given how probable its parents are. */
        double probability(double[] on) {
            return switch (gate) {
                case OR -> {
                    var none = 1 - leak;
                    for (int i = 0; i < parents.length; i++) {
                        none *= 1 - weights[i] * on[parents[i]];
                    }
                    yield 1 - none;
                }
                case AND -> {
                    var all = 1.0;
                    for (var parent : parents) {
                        all *= on[parent];
                    }
                    var weight = parents.length == 0 ? 0 : weights[0];
                    yield 1 - (1 - leak) * (1 - weight * all);
                }
            };
        }

        @Override
        public String toString() {
            return seen + " " + gate + " " + Arrays.toString(parents);
        }
    }

    /**
     * Adds a node and answers its index.
     *
     * @throws IllegalArgumentException when a parent is not an earlier node
     */
    public int add(Node node) {
        for (var parent : node.parents()) {
            if (parent < 0 || parent >= nodes.size()) {
                throw new IllegalArgumentException("a parent must be added before its child");
            }
        }
        nodes.add(node);
        return nodes.size() - 1;
    }

    /** Adds a cause and answers its index. */
    public int addCause() {
        return add(new Node(Seen.CAUSE, Gate.OR, new int[0], new double[0], 0, 0, 1));
    }

    public Node node(int index) {
        return nodes.get(index);
    }

    public int size() {
        return nodes.size();
    }
}
