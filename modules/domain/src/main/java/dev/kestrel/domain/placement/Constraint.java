package dev.kestrel.domain.placement;

/** Why a node does not take a pod, in the order in which the scheduler looks. */
public enum Constraint {
    /** Somebody cordoned the node. */
    CORDON,
    /** A taint that the pod does not tolerate. */
    TAINT,
    /** A label of the pod's {@code nodeSelector}. */
    SELECTOR,
    /** A term of the pod's required node affinity. */
    AFFINITY,
    /** Less left than the pod requests. */
    ROOM
}
