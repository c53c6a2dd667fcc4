package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;

/**
 * One thing that was seen and that anyone can check: where, when and in which words.
 *
 * @param id unique within the cluster and the same on every replay
 * @param about the object it was seen on, for example the pod
 * @param summary one line for people
 * @param excerpt the words of the cluster itself: a message, a log line, a field and its value; may
 *     be empty
 */
public record Evidence(
        String id, ResourceRef about, Instant at, Origin origin, String summary, String excerpt) {
    /** Where evidence comes from. */
    public enum Origin {
        /** The state of an object. */
        OBJECT,
        /** A Kubernetes Event. */
        EVENT,
        LOG,
        FLOW,
        /** Computed from the inventory. */
        ANALYSIS,
        /** The answer to an investigation. */
        INVESTIGATION,
        /** A change that was made to an object. */
        CHANGE,
        HUMAN
    }
}
