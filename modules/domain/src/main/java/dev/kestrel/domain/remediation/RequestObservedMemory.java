package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Eviction;
import dev.kestrel.domain.topology.NodeRoom;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A workload uses so much more memory than it requests that its nodes run out. The request is
 * raised to the most that the kubelet saw when it evicted, so that the scheduler knows. Only where
 * a node has room for that.
 */
final class RequestObservedMemory implements Fix {
    private static final long STEP = 16L << 20;

    @Override
    public String id() {
        return "fix.request_observed_memory";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        var most = new TreeMap<String, Long>();
        Eviction.of(workload.ref(), Instant.EPOCH, topology).stream()
                .flatMap(eviction -> eviction.over().stream())
                .forEach(usage -> most.merge(usage.container(), usage.used(), Math::max));
        var edits = new ArrayList<Edit>();
        var changed = new ArrayList<NodeRoom.Request>();
        var reasons = new ArrayList<String>();
        for (var container : Workloads.containers(workload)) {
            var name = container.at("name").text();
            var request = container.at("resources", "requests", "memory").text("0");
            var used = most.getOrDefault(name, 0L);
            if (used > Quantity.units(request)) {
                var value = Quantity.bytes((used + STEP - 1) / STEP * STEP);
                edits.add(Edit.of(Workloads.path(name, "resources.requests.memory"), value));
                changed.add(new NodeRoom.Request(name, "memory", value));
                reasons.add(
                        "Container %s used %s when it was evicted and requests %s."
                                .formatted(name, Quantity.bytes(used), request));
            }
        }
        var template = NodeRoom.with(workload.at("spec", "template", "spec"), changed);
        var nodes = NodeRoom.nodesWithRoom(topology, template);
        return edits.isEmpty() || nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                edits,
                                "Request the memory that %s uses".formatted(workload.ref()),
                                String.join(" ", reasons)
                                        + " If it leaks, this only moves the end.",
                                List.of(
                                        "a pod would fit on %s".formatted(String.join(", ", nodes)),
                                        Workloads.rollout(workload, topology))));
    }
}
