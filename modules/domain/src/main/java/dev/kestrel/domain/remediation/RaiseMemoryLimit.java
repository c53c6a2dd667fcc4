package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container is killed at its own memory limit. Where the limit was higher before, it is put back,
 * because that value is known to have been enough; otherwise it is doubled: the kernel does not say
 * how much more was wanted, and twice is the smallest step that settles whether the need is bounded
 * at all.
 */
final class RaiseMemoryLimit implements Fix {
    @Override
    public String id() {
        return "fix.raise_memory_limit";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var container :
                Workloads.containersWhere(workload, topology, RaiseMemoryLimit::wasOomKilled)) {
            var limit = container.at("resources", "limits", "memory").text();
            if (!limit.isEmpty()) {
                raise(workload, container.at("name").text(), limit, topology, edits, reasons);
            }
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                edits,
                                "Raise the memory limit of " + workload.ref(),
                                String.join(" ", reasons),
                                List.of(Workloads.rollout(workload, topology))));
    }

    private static boolean wasOomKilled(Fields status) {
        return status.at("lastState", "terminated", "reason").text().equals("OOMKilled")
                || status.at("state", "terminated", "reason").text().equals("OOMKilled");
    }

    private static void raise(
            KubeObject workload,
            String container,
            String limit,
            Topology topology,
            List<Edit> edits,
            List<String> reasons) {
        var path = Workloads.path(container, "resources.limits.memory");
        var now = Quantity.units(limit);
        var earlier =
                Workloads.earlierValues(workload, path, topology).stream()
                        .map(Fields::text)
                        .filter(value -> Quantity.units(value) > now)
                        .findFirst();
        var most = largestNode(topology);
        var value = earlier.orElseGet(() -> Quantity.bytes(Math.min(2 * now, most)));
        if (Quantity.units(value) > most || Quantity.units(value) <= now) {
            return;
        }
        edits.add(Edit.of(path, value));
        reasons.add(
                earlier.isPresent()
                        ? "Container %s was killed at its limit of %s. Before its last change the limit was %s, so that is put back."
                                .formatted(container, limit, value)
                        : ("Container %s was killed at its limit of %s, and no higher limit is"
                               + " known from its history, so it is doubled to %s. If it is killed"
                               + " at the new limit as well, it leaks, and a higher limit only"
                               + " delays that.")
                                .formatted(container, limit, value));
    }

    private static long largestNode(Topology topology) {
        return topology.all("Node").stream()
                .map(node -> node.at("status", "allocatable", "memory").text())
                .filter(memory -> !memory.isEmpty())
                .mapToLong(Quantity::units)
                .max()
                .orElse(Long.MAX_VALUE);
    }
}
