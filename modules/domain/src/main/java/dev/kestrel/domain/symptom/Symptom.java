package dev.kestrel.domain.symptom;

import java.time.Instant;
import java.util.List;

/**
 * A named abnormal state on a logical resource, as it stands.
 *
 * @param onsetEarliest last moment at which it was known to be absent
 * @param onsetLatest first moment at which it was seen
 * @param lastSeen newest sample that raised it
 * @param bad instances that show it now
 * @param all instances there are
 * @param evidence first, newest and most telling; at most eight
 */
public record Symptom(
        SymptomKey key,
        State state,
        Stage stage,
        Instant onsetEarliest,
        Instant onsetLatest,
        Instant lastSeen,
        int bad,
        int all,
        List<Evidence> evidence) {
    public Symptom {
        evidence = List.copyOf(evidence);
    }

    /** Counts in reasoning: seen, believed and not yet known to be over. */
    public boolean isLive() {
        return switch (state) {
            case ACTIVE, CLEARING, FLAPPING -> true;
            case PENDING, AMBIENT, VOID, CLEARED -> false;
        };
    }

    /** Where a symptom is in its life. */
    public enum State {
        /** Seen, not yet believed. */
        PENDING,
        ACTIVE,
        /** Good again, not yet for long enough. */
        CLEARING,
        CLEARED,
        /** Comes and goes. */
        FLAPPING,
        /** There long before, so it explains nothing. */
        AMBIENT,
        /** Contradicted by the object's level or by a later stage. */
        VOID
    }
}
