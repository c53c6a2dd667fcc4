package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.Candidates.Candidate;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.scoring.CausalNetwork;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Gate;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Node;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;
import dev.kestrel.domain.rca.scoring.ClampedScorer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Turns the merged graph into numbers: which cause is which switch of the network, and which part
 * of the network says what.
 */
final class Hypotheses {
    /** A signature found by chance counts as one in a hundred; found or not, within ln 500. */
    private static final double SIGNATURE_WEIGHT = 0.98;

    private static final double SIGNATURE_LEAK = 0.01;

    /**
     * One switch.
     *
     * @param region symptoms an unknown cause answers for; empty for a known one
     */
    record Switch(Cause cause, Priors.Prior prior, SortedSet<StateAt> region, int node) {
        boolean isUnknown() {
            return cause.isUnknown();
        }
    }

    private final CausalNetwork network = new CausalNetwork();
    private final List<Switch> switches = new ArrayList<>();
    private final Map<StateAt, Integer> index = new HashMap<>();
    private final Map<Integer, StateAt> states = new HashMap<>();
    private final Map<Integer, Cause> signatures = new HashMap<>();
    private final Scene scene;
    private final Graph graph;
    private final ClampedScorer scorer;

    Hypotheses(
            Scene scene,
            Graph graph,
            List<Candidate> candidates,
            List<SortedSet<StateAt>> regions,
            Map<Cause, Analysis> analyses) {
        this.scene = scene;
        this.graph = graph;
        candidates.forEach(this::addCandidate);
        regions.forEach(region -> addUnknown(region, regions.size()));
        graph.order().stream().filter(node -> !node.cause()).forEach(this::addState);
        analyses.forEach(this::addSignature);
        this.scorer = new ClampedScorer(network, scene.parameters.limits().latents());
    }

    private void addCandidate(Candidate candidate) {
        var node = network.addCause();
        index.put(StateAt.of(candidate.cause()), node);
        switches.add(
                new Switch(
                        candidate.cause(), candidate.prior(), Collections.emptySortedSet(), node));
    }

    private void addUnknown(SortedSet<StateAt> region, int regions) {
        var cause = new Cause(Cause.UNKNOWN, region.first().at());
        switches.add(
                new Switch(
                        cause,
                        new Priors.Prior(scene.parameters.unknownShare() / regions, 1, List.of()),
                        region,
                        network.addCause()));
    }

    private void addState(StateAt state) {
        var parents = new ArrayList<Integer>();
        var weights = new ArrayList<Double>();
        var gate = Gate.OR;
        for (var link : graph.into(state)) {
            var parent = index.get(link.from());
            if (parent != null) {
                parents.add(parent);
                weights.add(link.effect().weight());
                gate = link.effect().gate() == Effect.Gate.ALL ? Gate.AND : gate;
            }
        }
        for (var unknown : switches) {
            if (unknown.region().contains(state)) {
                parents.add(unknown.node());
                weights.add(scene.parameters.unknownWeight());
            }
        }
        var sight = graph.sight(state);
        var node =
                network.add(
                        new Node(
                                sight.seen(),
                                gate,
                                parents.stream().mapToInt(p -> p).toArray(),
                                weights.stream().mapToDouble(w -> w).toArray(),
                                scene.leak(state),
                                sight.reliability(),
                                graph.share(state)));
        index.put(state, node);
        states.put(node, state);
    }

    private void addSignature(Cause cause, Analysis analysis) {
        var seen =
                switch (analysis.verdict()) {
                    case PRESENT -> Seen.PRESENT;
                    case ABSENT -> Seen.ABSENT;
                    case UNCLEAR -> Seen.LATENT;
                };
        var parent = index.get(StateAt.of(cause));
        if (parent != null && seen != Seen.LATENT) {
            var node =
                    network.add(
                            new Node(
                                    seen,
                                    Gate.OR,
                                    new int[] {parent},
                                    new double[] {SIGNATURE_WEIGHT},
                                    SIGNATURE_LEAK,
                                    1,
                                    1));
            signatures.put(node, cause);
        }
    }

    /** Causes that can be switched on: the candidates, best first, then the unknown ones. */
    List<Switch> switches() {
        return switches;
    }

    /** Natural log of the probability of all that was seen if these are at work. */
    double logLikelihood(List<Switch> active) {
        return scorer.logLikelihood(bits(active));
    }

    /** Parts into which the observations cut the graph. */
    int parts() {
        return scorer.components();
    }

    /** What one part says for these causes, compared with no cause at all. */
    double logRatio(int part, List<Switch> active) {
        return scorer.logLikelihood(part, bits(active)) - scorer.logLikelihood(part, new BitSet());
    }

    /** States in a part that were seen or not, in the order of cause and effect. */
    List<StateAt> observed(int part) {
        var observed = new ArrayList<StateAt>();
        for (var node : scorer.nodes(part)) {
            var state = states.get(node);
            if (state != null && graph.sight(state).seen() != Seen.LATENT) {
                observed.add(state);
            }
        }
        return observed;
    }

    /** Causes whose signature the part holds. */
    List<Cause> signatures(int part) {
        var found = new ArrayList<Cause>();
        for (var node : scorer.nodes(part)) {
            var cause = signatures.get(node);
            if (cause != null) {
                found.add(cause);
            }
        }
        return found;
    }

    int nodes() {
        return network.size();
    }

    long work() {
        return scorer.work();
    }

    private static BitSet bits(List<Switch> active) {
        var bits = new BitSet();
        active.forEach(cause -> bits.set(cause.node()));
        return bits;
    }
}
