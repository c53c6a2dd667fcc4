package dev.kestrel.domain.topology.mesh;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a workload demands mutual TLS of its callers on a port. As Istio documents it: a port of
 * a policy with a selector comes before that policy's mode, that before the namespace's, that
 * before the mesh's; what is not set is inherited, and of several policies at one level the oldest
 * counts.
 */
public final class MutualTls {
    public static final String POLICY = "PeerAuthentication";

    /** Where a policy without a selector is for the whole mesh; installations may rename it. */
    public static final String ROOT = "istio-system";

    private static final Comparator<KubeObject> OLDEST =
            Comparator.<KubeObject, String>comparing(
                            policy -> policy.at("metadata", "creationTimestamp").text())
                    .thenComparing(KubeObject::ref);

    private MutualTls() {}

    /** What callers must, may or may not do. */
    public enum Mode {
        /** They may not. */
        DISABLE,
        /** They may. */
        PERMISSIVE,
        /** They must. */
        STRICT
    }

    /**
     * What a port demands.
     *
     * @param by the policy that decides it; empty where nothing is said, which is permissive
     */
    public record Demand(Mode mode, List<ResourceRef> by) {
        public Demand {
            by = List.copyOf(by);
        }
    }

    /** What the pods of a workload with these labels demand on a port. */
    public static Demand of(
            String namespace, Map<String, String> labels, long port, Topology topology) {
        return Stream.of(
                        oldest(topology, namespace, policy -> selects(policy, labels))
                                .flatMap(policy -> onPort(policy, port)),
                        oldest(topology, namespace, policy -> !hasSelector(policy))
                                .flatMap(MutualTls::everywhere),
                        oldest(topology, ROOT, policy -> !hasSelector(policy))
                                .flatMap(MutualTls::everywhere))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(new Demand(Mode.PERMISSIVE, List.of()));
    }

    private static Optional<KubeObject> oldest(
            Topology topology, String namespace, Predicate<KubeObject> level) {
        return topology.all(POLICY).stream()
                .filter(policy -> policy.ref().namespace().equals(namespace))
                .filter(level)
                .min(OLDEST);
    }

    private static boolean hasSelector(KubeObject policy) {
        return !policy.at("spec", "selector", "matchLabels").texts().isEmpty();
    }

    private static boolean selects(KubeObject policy, Map<String, String> labels) {
        return hasSelector(policy)
                && labels.entrySet()
                        .containsAll(
                                policy.at("spec", "selector", "matchLabels").texts().entrySet());
    }

    private static Optional<Demand> onPort(KubeObject policy, long port) {
        return demand(policy, policy.at("spec", "portLevelMtls", Long.toString(port), "mode"))
                .or(() -> everywhere(policy));
    }

    private static Optional<Demand> everywhere(KubeObject policy) {
        return demand(policy, policy.at("spec", "mtls", "mode"));
    }

    private static Optional<Demand> demand(KubeObject policy, Fields mode) {
        return Stream.of(Mode.values())
                .filter(known -> known.name().equals(mode.text()))
                .map(known -> new Demand(known, List.of(policy.ref())))
                .findFirst();
    }
}
