package dev.kestrel.domain.symptom;

/**
 * How far a pod got when something stopped it. A symptom of an earlier stage is void once an
 * instance of the same template has passed it (causal-engine 2.5, rule 3).
 */
public enum Stage {
    ADMIT,
    QUOTA,
    SCHEDULE,
    VOLUME,
    SANDBOX,
    IMAGE,
    CONFIG,
    START,
    LIVE,
    READY,
    ENDPOINT,
    /** Not about a pod's way up. */
    NONE
}
