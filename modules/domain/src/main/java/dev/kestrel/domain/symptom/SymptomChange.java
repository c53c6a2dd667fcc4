package dev.kestrel.domain.symptom;

import java.time.Instant;

/** A symptom passed into another state, and why. */
public record SymptomChange(Symptom symptom, Reason reason, Instant at) {
    /** Why a symptom changed state. */
    public enum Reason {
        SEEN,
        HELD_LONG_ENOUGH,
        HEALED_WHILE_PENDING,
        LOOKS_GOOD,
        CAME_BACK,
        STAYED_GOOD,
        /** An edge that nobody repeated. */
        TIME_PASSED,
        LEVEL_CONTRADICTS,
        LATER_STAGE_REACHED,
        RESOURCE_GONE,
        TOGGLES,
        OLDER_THAN_INCIDENT
    }
}
