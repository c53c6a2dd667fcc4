package dev.kestrel.domain.symptom;

import java.time.Duration;

/**
 * How long a type of symptom must hold to be believed, and to be believed over.
 *
 * @param pend from first sight until it counts; zero for hard facts
 * @param clear good for this long until it is over
 * @param ttl for an edge: without a repetition it is over after this long
 * @param hits for an edge: sightings until it counts; they must spread over {@code pend}
 * @param patience what a healthy workload may excuse
 * @param contradictedBy for an edge: type of the level without which it is void; empty when there
 *     is none
 */
public record Windows(
        Duration pend,
        Duration clear,
        Duration ttl,
        int hits,
        Patience patience,
        String contradictedBy) {
    /** What may excuse a symptom for a while. */
    public enum Patience {
        NONE,
        /** Pods that are just starting, and rollouts that keep enough pods available. */
        STARTING,
        /**
         * Nothing does, not even a later stage: a pod that crashes again and again is ready in
         * between.
         */
        RESTARTING
    }

    static Windows level(int pendSeconds, int clearSeconds) {
        return new Windows(
                Duration.ofSeconds(pendSeconds),
                Duration.ofSeconds(clearSeconds),
                Duration.ofMinutes(10),
                1,
                Patience.NONE,
                "");
    }

    static Windows edge(int hits, int pendSeconds, int ttlSeconds) {
        return new Windows(
                Duration.ofSeconds(pendSeconds),
                Duration.ofSeconds(30),
                Duration.ofSeconds(ttlSeconds),
                hits,
                Patience.NONE,
                "");
    }

    Windows with(Patience other) {
        return new Windows(pend, clear, ttl, hits, other, contradictedBy);
    }

    Windows contradictedBy(String level) {
        return new Windows(pend, clear, ttl, hits, patience, level);
    }
}
