package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Set;

/**
 * The kind of resource that a mechanism or a state is about. {@code Workload} stands for everything
 * that owns pods, and for a pod that nothing owns.
 *
 * @param kind a Kubernetes kind, {@code Workload} or {@code Cluster}
 */
public record Subject(String kind) {
    public static final Subject WORKLOAD = new Subject("Workload");

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod");

    /** Whether the resource is of this kind. */
    public boolean covers(ResourceRef resource) {
        return kind.equals(WORKLOAD.kind)
                ? WORKLOADS.contains(resource.kind())
                : kind.equals(resource.kind());
    }
}
