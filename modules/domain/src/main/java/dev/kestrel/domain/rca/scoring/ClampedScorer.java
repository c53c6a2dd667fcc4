package dev.kestrel.domain.rca.scoring;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Log likelihood of everything that was seen, given which causes are at work. Observed nodes are
 * clamped. Exact while no part of the network has more shared open nodes than may be enumerated;
 * further ones keep their mean. Remembers each part's result, because most hypotheses differ in few
 * parts.
 */
public final class ClampedScorer {
    private static final double LEAST = 1e-12;

    private final CausalNetwork network;
    private final List<Components.Component> components;
    private final List<BitSet> causesOf;
    private final Map<Key, Double> known = new HashMap<>();
    private final double[] on;
    private long work;

    private record Key(int component, BitSet active) {}

    /**
     * @param maxEnumerated shared open nodes of one part that are tried both ways; the cost doubles
     *     with each
     */
    public ClampedScorer(CausalNetwork network, int maxEnumerated) {
        this.network = network;
        this.components = Components.of(network, maxEnumerated);
        this.causesOf = components.stream().map(this::causes).toList();
        this.on = new double[network.size()];
    }

    private BitSet causes(Components.Component component) {
        var causes = new BitSet();
        for (var v : component.nodes()) {
            for (var parent : network.node(v).parents()) {
                if (network.node(parent).seen() == CausalNetwork.Seen.CAUSE) {
                    causes.set(parent);
                }
            }
        }
        return causes;
    }

    /** Natural log of the probability of all that was seen. */
    public double logLikelihood(BitSet active) {
        var sum = 0.0;
        for (int c = 0; c < components.size(); c++) {
            sum += logLikelihood(c, active);
        }
        return sum;
    }

    /** The part of {@link #logLikelihood(BitSet)} that one part of the network contributes. */
    public double logLikelihood(int component, BitSet active) {
        var causes = (BitSet) causesOf.get(component).clone();
        causes.and(active);
        return known.computeIfAbsent(new Key(component, causes), this::score);
    }

    /** Number of parts that the observations cut the network into. */
    public int components() {
        return components.size();
    }

    /** Nodes of one part, in topological order. */
    public int[] nodes(int component) {
        return components.get(component).nodes().clone();
    }

    /** Nodes evaluated so far. */
    public long work() {
        return work;
    }

    private double score(Key key) {
        var component = components.get(key.component());
        var parts = 1L << component.enumerated().length;
        work += parts * component.nodes().length;
        setCauses(component, key.active());
        var sum = new LogSum();
        for (long choice = 0; choice < parts; choice++) {
            sum.add(scoreChoice(component, choice));
        }
        return sum.log();
    }

    private void setCauses(Components.Component component, BitSet active) {
        for (var v : component.nodes()) {
            for (var parent : network.node(v).parents()) {
                var node = network.node(parent);
                switch (node.seen()) {
                    case CAUSE -> on[parent] = active.get(parent) ? 1 : 0;
                    case PRESENT -> on[parent] = 1;
                    case ABSENT -> on[parent] = 0;
                    case LATENT -> {}
                }
            }
        }
    }

    /** One way to switch the enumerated nodes; the others keep their mean, which is exact. */
    private double scoreChoice(Components.Component component, long choice) {
        var log = 0.0;
        var next = 0;
        for (var v : component.nodes()) {
            var node = network.node(v);
            var p = node.probability(on);
            if (node.isClamped()) {
                var present = node.seen() == CausalNetwork.Seen.PRESENT;
                log += node.share() * Math.log(Math.max(LEAST, present ? p : 1 - p));
                on[v] = present ? 1 : 0;
                continue;
            }
            if (next < component.enumerated().length && component.enumerated()[next] == v) {
                var isOn = (choice >> next & 1) == 1;
                log += Math.log(Math.max(LEAST, isOn ? p : 1 - p));
                on[v] = isOn ? 1 : 0;
                next++;
            } else {
                on[v] = p;
            }
            if (node.hasSoftAbsence()) {
                log += node.share() * Math.log(Math.max(LEAST, 1 - node.reliability() * on[v]));
            }
        }
        return log;
    }

    /** Adds probabilities that are given as logs without losing the small ones. */
    private static final class LogSum {
        private double max = Double.NEGATIVE_INFINITY;
        private double scaled;

        void add(double log) {
            if (log > max) {
                scaled = scaled * Math.exp(max - log) + 1;
                max = log;
            } else {
                scaled += Math.exp(log - max);
            }
        }

        double log() {
            return max + Math.log(scaled);
        }
    }
}
