package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All NetworkPolicies of a cluster, as they are or as they would be. Policies add up: a pod that
 * none selects in a direction may talk to everybody there; one that some select may do what at
 * least one of these allows.
 */
public final class NetworkPolicies {
    private final Map<String, Map<ResourceRef, Policy>> byNamespace = new TreeMap<>();

    private NetworkPolicies(Collection<Policy> policies) {
        policies.forEach(
                policy ->
                        byNamespace
                                .computeIfAbsent(
                                        policy.ref().namespace(), missing -> new TreeMap<>())
                                .put(policy.ref(), policy));
    }

    /** As they are. */
    public static NetworkPolicies of(Topology topology) {
        return of(topology.all("NetworkPolicy"));
    }

    public static NetworkPolicies of(Collection<KubeObject> policies) {
        return new NetworkPolicies(policies.stream().map(Policy::read).toList());
    }

    /** As they would be with this one in place of the one of its name. */
    public NetworkPolicies with(KubeObject changed) {
        var all = new ArrayList<Policy>();
        byNamespace.values().forEach(some -> all.addAll(some.values()));
        all.removeIf(policy -> policy.ref().equals(changed.ref()));
        all.add(Policy.read(changed));
        return new NetworkPolicies(all);
    }

    /** Whether a call may pass: out of its source, and into its destination. */
    public Passage judge(Call call) {
        var denials = new ArrayList<Passage.Denial>();
        if (!isWithinOne(call)) {
            denial(call, Direction.EGRESS).ifPresent(denials::add);
            denial(call, Direction.INGRESS).ifPresent(denials::add);
        }
        return denials.isEmpty() ? new Passage.Allowed() : new Passage.Denied(denials);
    }

    /** A pod always reaches itself. */
    private static boolean isWithinOne(Call call) {
        return call.from() instanceof End.Pod from
                && call.to() instanceof End.Pod to
                && from.ref().equals(to.ref());
    }

    private Optional<Passage.Denial> denial(Call call, Direction direction) {
        var own = direction == Direction.EGRESS ? call.from() : call.to();
        var other = direction == Direction.EGRESS ? call.to() : call.from();
        if (!(own instanceof End.Pod pod) || isItsNode(pod, other)) {
            return Optional.empty();
        }
        var isolating =
                byNamespace.getOrDefault(pod.ref().namespace(), Map.of()).values().stream()
                        .filter(policy -> policy.isolates(pod, direction))
                        .toList();
        return isolating.isEmpty()
                        || isolating.stream().anyMatch(policy -> policy.allows(call, direction))
                ? Optional.empty()
                : Optional.of(
                        new Passage.Denial(
                                direction,
                                pod.ref(),
                                isolating.stream().map(Policy::ref).toList()));
    }

    /** Probes come from the kubelet: a pod and its own node always reach each other. */
    private static boolean isItsNode(End.Pod pod, End other) {
        return switch (other) {
            case End.Address(var address) -> address.equals(pod.nodeAddress());
            case End.Pod there ->
                    there.isOnHostNetwork()
                            && !pod.nodeAddress().isEmpty()
                            && there.nodeAddress().equals(pod.nodeAddress());
        };
    }
}
