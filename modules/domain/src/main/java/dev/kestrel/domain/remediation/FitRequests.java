package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.NodeRoom;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pods ask for more than any node has left. Requests that were lower before are put back; where
 * there is no such history, the largest request is lowered to what the emptiest node can give,
 * unless that is less than half of it: then a person must choose.
 */
final class FitRequests implements Fix {
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    @Override
    public String id() {
        return "fix.fit_requests";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(
                        workload ->
                                restored(workload, topology).or(() -> lowered(workload, topology)));
    }

    private static Optional<Draft> restored(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var container : Workloads.containers(workload)) {
            for (var resource : RESOURCES) {
                var name = container.at("name").text();
                var path = Workloads.path(name, "resources.requests." + resource);
                var now = container.at("resources", "requests", resource).text("0");
                Workloads.earlierValues(workload, path, topology).stream()
                        .map(Fields::text)
                        .findFirst()
                        .filter(before -> Quantity.millis(before) < Quantity.millis(now))
                        .ifPresent(
                                before -> {
                                    edits.add(Edit.of(path, before));
                                    reasons.add(
                                            "Container %s asks for %s of %s since its last change; before it was %s."
                                                    .formatted(name, now, resource, before));
                                });
            }
        }
        return drafted(workload, edits, reasons, topology);
    }

    private static Optional<Draft> lowered(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var resource : RESOURCES) {
            var wanted = NodeRoom.wanted(workload.at("spec", "template", "spec"), resource);
            var room = NodeRoom.largest(topology, resource);
            if (wanted > room) {
                lower(workload, resource, wanted - room, edits, reasons);
            }
        }
        return drafted(workload, edits, reasons, topology);
    }

    private static void lower(
            KubeObject workload,
            String resource,
            long tooMuch,
            List<Edit> edits,
            List<String> reasons) {
        var bySize = new TreeMap<Long, String>();
        Workloads.containers(workload)
                .forEach(
                        container ->
                                bySize.putIfAbsent(
                                        Quantity.millis(
                                                container
                                                        .at("resources", "requests", resource)
                                                        .text("0")),
                                        container.at("name").text()));
        var largest = bySize.lastEntry();
        var fits = largest.getKey() - tooMuch;
        if (fits * 2 < largest.getKey()) {
            return;
        }
        var value = rounded(resource, fits);
        edits.add(
                Edit.of(
                        Workloads.path(largest.getValue(), "resources.requests." + resource),
                        value));
        reasons.add(
                "Container %s asks for more %s than any node has left; the emptiest can give it %s."
                        .formatted(largest.getValue(), resource, value));
    }

    private static String rounded(String resource, long millis) {
        return resource.equals("cpu")
                ? Quantity.cores(millis / 10 * 10)
                : Quantity.bytes(millis / 1000 / (1 << 20) * (1 << 20));
    }

    private static Optional<Draft> drafted(
            KubeObject workload, List<Edit> edits, List<String> reasons, Topology topology) {
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        var template =
                NodeRoom.with(
                        workload.at("spec", "template", "spec"),
                        edits.stream().map(FitRequests::inTemplate).toList());
        var nodes = NodeRoom.nodesWithRoom(topology, template);
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                edits,
                                "Lower the requests of %s to what fits".formatted(workload.ref()),
                                String.join(" ", reasons),
                                List.of(
                                        "a pod would fit on %s".formatted(String.join(", ", nodes)),
                                        Workloads.rollout(workload, topology))));
    }

    private static NodeRoom.Request inTemplate(Edit edit) {
        var path = edit.path().toString();
        var container = path.substring(path.indexOf('[') + 1, path.indexOf(']'));
        return new NodeRoom.Request(
                container, path.substring(path.lastIndexOf('.') + 1), edit.value().text());
    }
}
