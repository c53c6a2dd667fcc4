package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.placement.Constraint;
import dev.kestrel.domain.placement.Demand;
import dev.kestrel.domain.placement.Feasibility;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.NodeRoom;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nodes that the pod may run on exist, but none has room for what it requests. Counted as the
 * scheduler counts: allocatable minus requests, node by node.
 */
public final class NoNodeFits implements Analyzer {
    private static final int MOST_NODES = 8;

    @Override
    public String id() {
        return "no_node_has_room";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        return PodView.whilePending(subject, topology, pod -> judge(subject, pod, topology, now));
    }

    private Analysis judge(ResourceRef subject, KubeObject pod, Topology topology, Instant now) {
        var spec = pod.at("spec");
        var free = new TreeMap<>(NodeRoom.free(topology));
        free.keySet().retainAll(eligible(spec, topology));
        if (free.isEmpty()) {
            var summary = "No node meets the pod's constraints, whatever it requests";
            return Analysis.absent(
                    summary, List.of(PodView.evidence(this, pod.ref(), now, summary, "")));
        }
        var wanted = NodeRoom.wanted(spec);
        var fitting =
                free.entrySet().stream().filter(node -> fits(wanted, node.getValue())).count();
        var table = table(wanted, free);
        if (fitting > 0) {
            var summary = "%d of %d nodes have room for the pod".formatted(fitting, free.size());
            return Analysis.absent(
                    summary, List.of(PodView.evidence(this, pod.ref(), now, summary, table)));
        }
        var summary =
                "None of %d possible nodes has room for %s".formatted(free.size(), amounts(wanted));
        return Analysis.present(
                summary,
                requests(subject, spec),
                List.of(PodView.evidence(this, pod.ref(), now, summary, table)));
    }

    /** Nodes that nothing but room could keep the pod from. */
    private static List<String> eligible(Fields spec, Topology topology) {
        return Feasibility.of(Demand.of(spec), topology).failures().entrySet().stream()
                .filter(node -> Set.of(Constraint.ROOM).containsAll(node.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean fits(Map<String, Long> wanted, Map<String, Long> room) {
        return wanted.entrySet().stream()
                .allMatch(want -> room.getOrDefault(want.getKey(), 0L) >= want.getValue());
    }

    private static List<Analysis.Flip> requests(ResourceRef subject, Fields spec) {
        var flips = new ArrayList<Analysis.Flip>();
        for (var container : spec.at("containers").items()) {
            container
                    .at("resources", "requests")
                    .members()
                    .keySet()
                    .forEach(
                            resource ->
                                    flips.add(
                                            new Analysis.Flip(
                                                    subject,
                                                    PodView.path(
                                                            subject,
                                                            container.at("name").text(),
                                                            "resources.requests." + resource))));
        }
        return flips;
    }

    private static String table(Map<String, Long> wanted, Map<String, Map<String, Long>> free) {
        var text = new StringBuilder("wanted: ").append(amounts(wanted));
        free.entrySet().stream()
                .limit(MOST_NODES)
                .forEach(
                        node ->
                                text.append(
                                        "\n%s has left: %s"
                                                .formatted(
                                                        node.getKey(), amounts(node.getValue()))));
        if (free.size() > MOST_NODES) {
            text.append("\nand %d nodes more".formatted(free.size() - MOST_NODES));
        }
        return text.toString();
    }

    private static String amounts(Map<String, Long> millis) {
        return "cpu %s, memory %s"
                .formatted(
                        Quantity.cores(millis.getOrDefault("cpu", 0L)),
                        Quantity.bytes(millis.getOrDefault("memory", 0L) / 1000));
    }
}
