package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.Quantity;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kubelets' eviction for memory, with their default thresholds: looks at each node every ten
 * seconds, says when less than the threshold is left, and ends the pod that is furthest beyond its
 * request, one at a look.
 */
final class Evictor {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration TRANSITION = Duration.ofMinutes(5);
    private static final long THRESHOLD = 100L << 20;

    /** What runs on a node beside its pods. */
    private static final long SYSTEM = 350L << 20;

    private static final String TAINT = "node.kubernetes.io/memory-pressure";

    private final Actor actor;
    private final Map<String, Instant> shortSince = new TreeMap<>();
    private Instant nextLook = Instant.MIN;

    Evictor(Actor actor) {
        this.actor = actor;
    }

    void look(List<PodWorker> workers, Instant now) {
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK);
        for (var node : actor.list(ResourceTypes.NODE)) {
            look(
                    node,
                    workers.stream()
                            .filter(one -> one.context().node().equals(node.name()))
                            .toList(),
                    now);
        }
    }

    private void look(KubeObject node, List<PodWorker> workers, Instant now) {
        var capacity = node.at("status", "capacity").path("memory").asText("");
        if (capacity.isEmpty()) {
            return;
        }
        long used = SYSTEM + workers.stream().mapToLong(one -> one.bytes(now)).sum();
        long available = Quantity.units(capacity) - used;
        if (available < THRESHOLD) {
            if (shortSince.put(node.name(), now) == null) {
                become(node, true, now);
            }
            var by = actor.as("kubelet", new Source("kubelet", node.name()));
            by.warning(node, "EvictionThresholdMet", "Attempting to reclaim memory");
            evict(workers, available, now);
        } else if (shortSince.containsKey(node.name())
                && !now.isBefore(shortSince.get(node.name()).plus(TRANSITION))) {
            shortSince.remove(node.name());
            become(node, false, now);
        }
    }

    private static void evict(List<PodWorker> workers, long available, Instant now) {
        workers.stream()
                .filter(one -> one.bytes(now) > 0)
                .max(
                        Comparator.comparingLong((PodWorker one) -> one.excess(now))
                                .thenComparing(one -> one.context().pod().name()))
                .ifPresent(
                        one ->
                                one.evict(
                                        "The node was low on resource: memory. Threshold quantity:"
                                                + " 100Mi, available: %dKi. %s"
                                                        .formatted(
                                                                Math.max(0, available) >> 10,
                                                                one.usage(now)),
                                        now));
    }

    /** The kubelet says how it is, and the control plane keeps new pods away meanwhile. */
    private void become(KubeObject node, boolean isShort, Instant now) {
        var kubelet = actor.as("kubelet", new Source("kubelet", node.name()));
        kubelet.editStatus(
                node.key(),
                status -> {
                    for (var condition : status.withArray("conditions")) {
                        if (condition.path("type").asText().equals("MemoryPressure")) {
                            NodeReport.memory((ObjectNode) condition, isShort, now);
                        }
                    }
                });
        var reason = isShort ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory";
        kubelet.normal(node, reason, "Node %s status is now: %s".formatted(node.name(), reason));
        actor.as("kube-controller-manager", Source.of("node-controller"))
                .edit(
                        node.key(),
                        tree -> {
                            var taints = Json.ensure(tree, "spec").withArray("taints");
                            for (int i = taints.size() - 1; i >= 0; i--) {
                                if (taints.get(i).path("key").asText().equals(TAINT)) {
                                    taints.remove(i);
                                }
                            }
                            if (isShort) {
                                taints.addObject().put("key", TAINT).put("effect", "NoSchedule");
                            }
                        });
    }
}
