package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;

import java.util.List;

/**
 * What an analyzer found, and the least that would have to change for it to find otherwise.
 *
 * @param summary one line for people
 * @param flips objects and fields whose change would turn a {@link Verdict#PRESENT} into an absent
 */
public record Analysis(Verdict verdict, String summary, List<Flip> flips, List<Evidence> evidence) {
    public Analysis {
        flips = List.copyOf(flips);
        evidence = List.copyOf(evidence);
    }

    /** The signature is there. */
    public static Analysis present(String summary, List<Flip> flips, List<Evidence> evidence) {
        return new Analysis(Verdict.PRESENT, summary, flips, evidence);
    }

    /** The signature is not there, and everything needed to say so was seen. */
    public static Analysis absent(String summary, List<Evidence> evidence) {
        return new Analysis(Verdict.ABSENT, summary, List.of(), evidence);
    }

    /** Something needed was not seen; says nothing for or against. */
    public static Analysis unclear(String summary) {
        return new Analysis(Verdict.UNCLEAR, summary, List.of(), List.of());
    }

    /** Whether the signature is there. */
    public enum Verdict {
        PRESENT,
        ABSENT,
        UNCLEAR
    }

    /**
     * One field that matters.
     *
     * @param path for example {@code spec.template.spec.containers[app].resources.limits.memory}
     */
    public record Flip(ResourceRef object, String path) {}
}
