package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much room nodes have for pods, counted as the scheduler counts it: allocatable minus the
 * requests of the pods that are on the node and not finished. Amounts are in thousandths ({@link
 * Quantity#millis}).
 */
public final class NodeRoom {
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private NodeRoom() {}

    /** A request of a container that differs from what its template says. */
    public record Request(String container, String resource, String value) {}

    /** What a pod asks for, by resource: containers' requests summed. */
    public static Map<String, Long> wanted(Fields podSpec) {
        return with(podSpec, List.of());
    }

    /** What a pod asks for of one resource. */
    public static long wanted(Fields podSpec, String resource) {
        return wanted(podSpec).getOrDefault(resource, 0L);
    }

    /** What a pod would ask for if some requests were others. */
    public static Map<String, Long> with(Fields podSpec, List<Request> changed) {
        var sum = new TreeMap<String, Long>();
        for (var container : podSpec.at("containers").items()) {
            for (var resource : RESOURCES) {
                var stated = container.at("resources", "requests", resource).text("0");
                var value =
                        changed.stream()
                                .filter(
                                        request ->
                                                request.container()
                                                        .equals(container.at("name").text()))
                                .filter(request -> request.resource().equals(resource))
                                .map(Request::value)
                                .findFirst()
                                .orElse(stated);
                sum.merge(resource, Quantity.millis(value), Long::sum);
            }
        }
        return sum;
    }

    /** The most of one resource that a single schedulable node has left. */
    public static long largest(Topology topology, String resource) {
        return free(topology).values().stream()
                .mapToLong(room -> room.getOrDefault(resource, 0L))
                .max()
                .orElse(0);
    }

    /** Names of schedulable nodes that have room for all of it, sorted. */
    public static List<String> nodesWithRoom(Topology topology, Map<String, Long> wanted) {
        return free(topology).entrySet().stream()
                .filter(
                        node ->
                                wanted.entrySet().stream()
                                        .allMatch(
                                                want ->
                                                        node.getValue()
                                                                        .getOrDefault(
                                                                                want.getKey(), 0L)
                                                                >= want.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What each schedulable node has left, by node name and resource. */
    public static Map<String, Map<String, Long>> free(Topology topology) {
        var free = everywhere(topology);
        topology.all("Node").stream()
                .filter(node -> node.at("spec", "unschedulable").truth(false))
                .forEach(node -> free.remove(node.ref().name()));
        return free;
    }

    /** The same of every node, cordoned or not. */
    public static Map<String, Map<String, Long>> everywhere(Topology topology) {
        var free = new TreeMap<String, Map<String, Long>>();
        topology.all("Node").forEach(node -> free.put(node.ref().name(), allocatable(node)));
        for (var pod : topology.all("Pod")) {
            var room = free.get(pod.at("spec", "nodeName").text());
            var phase = pod.at("status", "phase").text();
            if (room != null && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                wanted(pod.at("spec"))
                        .forEach((resource, amount) -> room.merge(resource, -amount, Long::sum));
            }
        }
        return free;
    }

    private static Map<String, Long> allocatable(KubeObject node) {
        var room = new TreeMap<String, Long>();
        RESOURCES.forEach(
                resource ->
                        room.put(
                                resource,
                                Quantity.millis(
                                        node.at("status", "allocatable", resource).text("0"))));
        return room;
    }
}
