package dev.kestrel.domain.rca.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Gate;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Node;
import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;
import java.util.Random;

class ClampedScorerTest {
    private static final int NONE = 12;
    private static final List<Seen> OPEN_OR_SEEN = List.of(Seen.LATENT, Seen.PRESENT, Seen.ABSENT);

    @Test
    void theWorkedExampleComesOutAsCalculatedByHand() {
        var network = new CausalNetwork();
        var policy = network.addCause();
        network.add(state(Seen.PRESENT, 0.002, policy, 0.98));
        var resolving = network.add(state(Seen.LATENT, 0, policy, 0.97));
        network.add(state(Seen.PRESENT, 0.01, resolving, 0.90));
        var probe = network.add(state(Seen.PRESENT, 0.01, resolving, 0.60));
        var notReady = network.add(state(Seen.PRESENT, 0.005, probe, 0.98));
        var empty = network.add(state(Seen.PRESENT, 0.001, notReady, 0.99));
        network.add(state(Seen.PRESENT, 0.002, empty, 0.97));
        var scorer = new ClampedScorer(network, NONE);
        var downstream = (1 - .995 * .02) * (1 - .999 * .01) * (1 - .998 * .03);

        assertThat(Math.exp(scorer.logLikelihood(causes(policy))) / downstream)
                .isCloseTo(0.5173, within(0.0001));
        assertThat(Math.exp(scorer.logLikelihood(causes())) / downstream)
                .isCloseTo(2e-7, Percentage.withPercentage(0.1));
    }

    @Test
    void everyRandomGraphScoresAsByBruteForce() {
        var chance = new Random(20260101);
        for (int round = 0; round < 2_000; round++) {
            var network = random(chance, 2 + chance.nextInt(9));
            for (var active : new BitSet[] {causes(), causes(0), causes(1), causes(0, 1)}) {
                var exact = bruteForce(network, active);
                var scored = Math.exp(new ClampedScorer(network, NONE).logLikelihood(active));
                assertThat(scored).isCloseTo(exact, Percentage.withPercentage(1e-9));
            }
        }
    }

    @Test
    void anAndGateNeedsAllItsParents() {
        var network = new CausalNetwork();
        var one = network.addCause();
        var other = network.addCause();
        network.add(
                new Node(
                        Seen.PRESENT,
                        Gate.AND,
                        new int[] {one, other},
                        new double[] {0.9, 0.9},
                        0.01,
                        1,
                        1));
        var scorer = new ClampedScorer(network, NONE);

        assertThat(Math.exp(scorer.logLikelihood(causes(one)))).isCloseTo(0.01, within(1e-9));
        assertThat(Math.exp(scorer.logLikelihood(causes(one, other))))
                .isCloseTo(1 - 0.99 * 0.1, within(1e-9));
    }

    @Test
    void anUnreliableAbsenceSpeaksOnlyAsFarAsItIsReliable() {
        assertThat(absent(1.0)).isCloseTo(1 - 0.9, within(0.02));
        assertThat(absent(0.5)).isCloseTo(1 - 0.5 * 0.9, within(0.02));
        assertThat(absent(0.0)).isCloseTo(1, within(1e-9));
    }

    private static double absent(double reliability) {
        var network = new CausalNetwork();
        var cause = network.addCause();
        network.add(
                new Node(
                        Seen.ABSENT,
                        Gate.OR,
                        new int[] {cause},
                        new double[] {0.9},
                        0.01,
                        reliability,
                        1));
        return Math.exp(new ClampedScorer(network, NONE).logLikelihood(causes(cause)));
    }

    @Test
    void aRepeatedObservationCountsForItsShare() {
        var network = new CausalNetwork();
        var cause = network.addCause();
        var repeated =
                new Node(
                        Seen.PRESENT,
                        Gate.OR,
                        new int[] {cause},
                        new double[] {0.9},
                        0.01,
                        1,
                        0.25);
        for (int i = 0; i < 4; i++) {
            network.add(repeated);
        }

        assertThat(new ClampedScorer(network, NONE).logLikelihood(causes()))
                .isCloseTo(Math.log(0.01), within(1e-9));
    }

    /** Twenty callers with a latent state each: without cutting it would be 2^20 combinations. */
    @Test
    void separateBranchesDoNotMultiply() {
        var network = new CausalNetwork();
        var cause = network.addCause();
        for (int i = 0; i < 20; i++) {
            var latent = network.add(state(Seen.LATENT, 0.001, cause, 0.9));
            network.add(state(Seen.PRESENT, 0.01, latent, 0.8));
            network.add(state(Seen.PRESENT, 0.01, latent, 0.7));
        }
        var scorer = new ClampedScorer(network, 10);
        scorer.logLikelihood(causes(cause));

        assertThat(scorer.work()).isEqualTo(20 * 2 * 3);
    }

    @Test
    void moreSharedLatentsThanMayBeEnumeratedKeepTheirMean() {
        var chance = new Random(7);
        var network = new CausalNetwork();
        var cause = network.addCause();
        var top = network.add(state(Seen.LATENT, 0.01, cause, 0.9));
        for (int i = 0; i < 3; i++) {
            var latent =
                    network.add(state(Seen.LATENT, 0.01, top, 0.5 + 0.4 * chance.nextDouble()));
            network.add(state(Seen.PRESENT, 0.01, latent, 0.8));
            network.add(state(Seen.PRESENT, 0.01, latent, 0.7));
        }
        var scorer = new ClampedScorer(network, 1);

        assertThat(scorer.logLikelihood(causes(cause))).isNegative().isFinite();
        assertThat(scorer.work()).isEqualTo(2 * 10);
    }

    @Test
    void aChildIsNotAddedBeforeItsParent() {
        assertThatThrownBy(() -> new CausalNetwork().add(state(Seen.LATENT, 0, 3, 0.5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Node state(Seen seen, double leak, int parent, double weight) {
        return new Node(seen, Gate.OR, new int[] {parent}, new double[] {weight}, leak, 1, 1);
    }

    private static BitSet causes(int... indexes) {
        var bits = new BitSet();
        for (var index : indexes) {
            bits.set(index);
        }
        return bits;
    }

    private static CausalNetwork random(Random chance, int states) {
        var network = new CausalNetwork();
        network.addCause();
        network.addCause();
        for (int v = 2; v < 2 + states; v++) {
            var parents =
                    chance.ints(0, v).limit(1 + chance.nextInt(3)).distinct().sorted().toArray();
            var weights = new double[parents.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 0.2 + 0.7 * chance.nextDouble();
            }
            var seen = OPEN_OR_SEEN.get(chance.nextInt(OPEN_OR_SEEN.size()));
            var reliability = chance.nextBoolean() ? 1 : chance.nextDouble();
            var gate = chance.nextInt(4) == 0 ? Gate.AND : Gate.OR;
            network.add(
                    new Node(
                            seen,
                            gate,
                            parents,
                            weights,
                            0.01 + 0.05 * chance.nextDouble(),
                            reliability,
                            1));
        }
        return network;
    }

    /** Sums the joint probability over every way to switch every state. */
    private static double bruteForce(CausalNetwork network, BitSet active) {
        var sum = 0.0;
        for (long world = 0; world < 1L << (network.size() - 2); world++) {
            var on = new double[network.size()];
            on[0] = active.get(0) ? 1 : 0;
            on[1] = active.get(1) ? 1 : 0;
            var joint = 1.0;
            for (int v = 2; v < network.size(); v++) {
                on[v] = world >> (v - 2) & 1;
                var p = network.node(v).probability(on);
                joint *= (on[v] == 1 ? p : 1 - p) * chanceToSee(network.node(v), on[v]);
            }
            sum += joint;
        }
        return sum;
    }

    private static double chanceToSee(Node node, double on) {
        return switch (node.seen()) {
            case CAUSE, LATENT -> 1;
            case PRESENT -> on;
            case ABSENT -> {
                var certain = node.reliability() >= Node.CERTAIN;
                yield certain ? 1 - on : 1 - node.reliability() * on;
            }
        };
    }
}
