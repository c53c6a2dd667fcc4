package dev.kestrel.domain.topology.mesh;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import java.util.stream.Stream;

/** Whether a workload's pods are in the mesh: a proxy beside their containers, or ambient. */
public enum Membership {
    /** Every pod can speak mutual TLS, and the mesh's rules bind it. */
    MEMBER,
    /** Some pod cannot. */
    OUTSIDE,
    /** It has no pod to look at. */
    UNKNOWN;

    private static final String PROXY = "istio-proxy";
    private static final String AMBIENT = "ambient.istio.io/redirection";

    /** Looks at the pods that live; a namespace's label binds only pods made after it. */
    public static Membership of(ResourceRef workload, Topology topology) {
        var pods = topology.instances(workload);
        if (pods.isEmpty()) {
            return UNKNOWN;
        }
        return pods.stream().allMatch(Membership::isMember) ? MEMBER : OUTSIDE;
    }

    private static boolean isMember(KubeObject pod) {
        return pod.at("metadata", "annotations", AMBIENT).text().equals("enabled")
                || Stream.of("containers", "initContainers")
                        .flatMap(sort -> pod.at("spec", sort).items().stream())
                        .anyMatch(container -> container.at("name").text().equals(PROXY));
    }
}
