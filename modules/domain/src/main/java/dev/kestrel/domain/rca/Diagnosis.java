package dev.kestrel.domain.rca;

import dev.kestrel.domain.symptom.SymptomKey;

import java.util.List;

/**
 * What Kestrel concludes about an incident, and how sure it is.
 *
 * @param hypotheses best first; at least the best five where there are as many
 * @param unexplained symptoms that the best hypothesis does not explain
 * @param notSeen what could not be seen and would have helped
 * @param knowledge digest of the packs it was reasoned with
 * @param calibrated false while the cluster has too few confirmed incidents for its confidence to
 *     be calibrated
 */
public record Diagnosis(
        Verdict verdict,
        List<Hypothesis> hypotheses,
        List<SymptomKey> unexplained,
        List<String> notSeen,
        String knowledge,
        boolean calibrated) {
    /** Before the first inference. */
    public static final Diagnosis NONE =
            new Diagnosis(Verdict.UNKNOWN_CAUSE, List.of(), List.of(), List.of(), "", false);

    public Diagnosis {
        hypotheses = List.copyOf(hypotheses);
        unexplained = List.copyOf(unexplained);
        notSeen = List.copyOf(notSeen);
    }

    /** What may be said. */
    public enum Verdict {
        /** One cause, supported or verified, with p >= 0.7. */
        ROOT_CAUSE,
        /** The smallest set that holds nine tenths of the probability, at most three. */
        CANDIDATES,
        UNKNOWN_CAUSE
    }
}
