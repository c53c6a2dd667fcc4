package dev.kestrel.domain.rca;

import java.time.Duration;

/**
 * The numbers that root cause reasoning runs on, all in one place. Their meaning and the choice of
 * their values are explained where they are used.
 *
 * @param alpha temperature: posterior ~ prior * likelihood^alpha
 * @param rho correlation of repeated observations
 * @param unknownShare prior share of causes that the knowledge does not name
 * @param unknownWeight probability with which such a cause shows each symptom of its region
 * @param noneShare prior share of "nothing is wrong"
 * @param secondFault probability that a second, independent fault takes part in one incident
 * @param tau how fast a change loses suspicion
 * @param changeCap largest likelihood ratio of a change
 * @param skew bound on the difference of clocks
 */
public record Parameters(
        double alpha,
        double rho,
        double unknownShare,
        double unknownWeight,
        double noneShare,
        double secondFault,
        Duration tau,
        double changeCap,
        Duration skew,
        Thresholds thresholds,
        Limits limits) {
    /** Probability that a symptom is there without any cause we know, where a pack says nothing. */
    public static final double LEAK = 0.01;

    public static final Parameters DEFAULTS =
            new Parameters(
                    0.7,
                    0.9,
                    0.10,
                    0.25,
                    0.02,
                    0.02,
                    Duration.ofMinutes(15),
                    100,
                    Duration.ofSeconds(2),
                    Thresholds.DEFAULTS,
                    Limits.DEFAULTS);

    /**
     * What may be claimed from which probability on.
     *
     * @param explains a symptom counts as explained where it is this probable that the hypothesis,
     *     and nothing else, brought it about
     * @param shown highest confidence that is shown while the cluster is not calibrated
     */
    public record Thresholds(
            double rootCause,
            double candidatesMass,
            int candidates,
            double unknownBelow,
            double explainedAtLeast,
            double verified,
            double verifiedExplained,
            double explains,
            double shown) {
        public static final Thresholds DEFAULTS =
                new Thresholds(0.7, 0.9, 3, 0.5, 0.6, 0.85, 0.8, 0.5, 0.9);
    }

    /**
     * What bounds the work, so that no incident can stall a cluster's owner. Work is counted in
     * evaluated nodes and not in time: two runs must end alike.
     *
     * @param work evaluated nodes per inference; about 10 ns each
     */
    public record Limits(
            int candidates,
            int shortlist,
            int exact,
            int paired,
            int depth,
            int fanOut,
            int nodesPerCandidate,
            int latents,
            int hypothesesShown,
            long work) {
        public static final Limits DEFAULTS =
                new Limits(1_000, 64, 16, 12, 8, 16, 200, 10, 5, 500_000);
    }
}
