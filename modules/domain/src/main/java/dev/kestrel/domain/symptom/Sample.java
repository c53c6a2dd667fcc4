package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;

/**
 * What a detector says about one instance at one moment: is the abnormal state there or not.
 *
 * @param key the symptom, on the logical resource
 * @param instance the object it was seen on: a pod of the workload, or the resource itself
 * @param at event time
 * @param bad true raises, false clears
 * @param template hash of the pod template the instance runs; empty where there is none. Stage
 *     order compares within it
 * @param evidence at most a few; empty for a clearing sample
 */
public record Sample(
        SymptomKey key,
        ResourceRef instance,
        Instant at,
        boolean bad,
        Kind kind,
        Stage stage,
        String template,
        List<Evidence> evidence) {
    public Sample {
        evidence = List.copyOf(evidence);
    }

    /** How a symptom of this sample clears. */
    public enum Kind {
        /** Truth is the last state of the object. */
        LEVEL,
        /** A moment: ends by time, or when the object's level contradicts it. */
        EDGE,
        /** A rate over its baseline. */
        RATE
    }
}
