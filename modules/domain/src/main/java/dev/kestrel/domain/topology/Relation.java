package dev.kestrel.domain.topology;

/** How two resources hang together; the arrow goes from the first to the second. */
public enum Relation {
    /** Controller → what it owns. */
    OWNS,
    /** Service, NetworkPolicy or PodDisruptionBudget → workload whose pods its selector matches. */
    SELECTS,
    /** Workload → Service that has its pods among its endpoints. */
    ENDPOINT_OF,
    /** Workload → Node. */
    RUNS_ON,
    /** Workload → Node from which a pod of it was evicted for memory. */
    EVICTED_FROM,
    /** Network agent (CNI) → Node whose pods it gives their network. */
    NETWORKS,
    /** Workload → ConfigMap, Secret or PersistentVolumeClaim it mounts. */
    MOUNTS,
    /** Workload → ConfigMap or Secret its environment refers to. */
    ENV_REF,
    /** PersistentVolumeClaim → PersistentVolume. */
    BINDS,
    /** Ingress → Service. */
    ROUTES_TO,
    /** Workload → Service it is known to call. */
    CALLS,
    /** Workload → Service that resolves names for it. */
    RESOLVES_VIA,
    /** NetworkPolicy or PeerAuthentication → workload it applies to. */
    POLICY_ON,
    /** ResourceQuota or LimitRange → workload in its namespace. */
    QUOTA_ON,
    /** HorizontalPodAutoscaler → workload. */
    SCALES,
    /** Workload → ServiceAccount. */
    USES_SA
}
