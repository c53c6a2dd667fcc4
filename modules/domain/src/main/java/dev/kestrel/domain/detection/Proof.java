package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Evidence.Origin;

import java.time.Instant;

/** Builds evidence: the cluster's own words, cut to a readable length, under an id that replays. */
public final class Proof {
    private static final int EXCERPT = 600;

    private Proof() {}

    /** Evidence of a symptom type. The same words at the same moment are the same evidence. */
    public static Evidence of(
            String type,
            ResourceRef about,
            Instant at,
            Origin origin,
            String summary,
            String excerpt) {
        var cut = excerpt.length() <= EXCERPT ? excerpt : excerpt.substring(0, EXCERPT) + "…";
        var id =
                "%s@%s@%d#%08x"
                        .formatted(type, about, at.toEpochMilli(), (summary + cut).hashCode());
        return new Evidence(id, about, at, origin, summary, cut);
    }
}
