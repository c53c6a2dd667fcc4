package dev.kestrel.domain.rca;

import java.util.List;

/**
 * One candidate explanation: one or two causes, how probable, and everything that speaks for and
 * against it.
 *
 * @param rank from 1
 * @param causes one or two
 * @param title one sentence for people
 * @param probability calibrated, 0..1
 * @param explained share of the incident's symptoms that it explains, 0..1
 * @param support what speaks for it or against it, strongest first, with its log likelihood ratio
 * @param lostBecause why it is not the first; empty for the first
 */
public record Hypothesis(
        int rank,
        List<Cause> causes,
        String title,
        double probability,
        double explained,
        Status status,
        List<Support> support,
        List<Hop> chain,
        String lostBecause) {
    public Hypothesis {
        causes = List.copyOf(causes);
        support = List.copyOf(support);
        chain = List.copyOf(chain);
    }

    /** How far a hypothesis may be trusted. */
    public enum Status {
        SUSPECTED,
        /** At least one specific observation, and no broken hop. */
        SUPPORTED,
        /** An analyzer or investigation confirmed the signature, and the symptoms are explained. */
        VERIFIED,
        REFUTED
    }

    /**
     * One observation's weight.
     *
     * @param llr natural log of the likelihood ratio; negative speaks against
     * @param evidence ids of evidence
     */
    public record Support(String text, double llr, List<String> evidence) {
        public Support {
            evidence = List.copyOf(evidence);
        }
    }
}
