package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.Optional;
import java.util.Set;

/** Reads from an object who controls it, and which controllers count as its logical resource. */
final class Ownership {
    /** Longer chains of owners exist only by mistake. */
    static final int DEPTH = 6;

    private static final Set<String> FOLDING =
            Set.of("Pod", "ReplicaSet", "ReplicationController", "Job");

    private Ownership() {}

    /** A child and what must be its controller. */
    record Guess(ResourceRef child, ResourceRef parent) {}

    static Optional<ResourceRef> parent(KubeObject object) {
        for (var owner : object.at("metadata", "ownerReferences").items()) {
            if (owner.at("controller").truth(false)) {
                var kind = owner.at("kind").text();
                // A static pod's mirror is owned by its Node, which has no namespace.
                var namespace = kind.equals("Node") ? "" : object.ref().namespace();
                return Optional.of(new ResourceRef(kind, namespace, owner.at("name").text()));
            }
        }
        var service = object.at("metadata", "labels", "kubernetes.io/service-name").text();
        return object.ref().kind().equals("EndpointSlice") && !service.isEmpty()
                ? Optional.of(new ResourceRef("Service", object.ref().namespace(), service))
                : Optional.empty();
    }

    /**
     * The Deployment above a pod's ReplicaSet, told by the name, for as long as the ReplicaSet was
     * not seen: kinds arrive in any order, and a pod's workload must not depend on it.
     */
    static Optional<Guess> grandparent(KubeObject pod) {
        var hash = pod.at("metadata", "labels", "pod-template-hash").text();
        if (!pod.ref().kind().equals("Pod") || hash.isEmpty()) {
            return Optional.empty();
        }
        return parent(pod)
                .filter(set -> set.kind().equals("ReplicaSet") && set.name().endsWith("-" + hash))
                .map(set -> new Guess(set, deployment(set, hash)));
    }

    private static ResourceRef deployment(ResourceRef set, String hash) {
        var name = set.name().substring(0, set.name().length() - hash.length() - 1);
        return new ResourceRef("Deployment", set.namespace(), name);
    }

    /** Whether what is said of the child is said of the parent. */
    static boolean folds(ResourceRef child, ResourceRef parent) {
        return switch (child.kind()) {
            case "Pod" -> !parent.kind().equals("Node");
            case "Job" -> parent.kind().equals("CronJob");
            default -> FOLDING.contains(child.kind());
        };
    }
}
