package dev.kestrel.domain.placement;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.NodeRoom;
import dev.kestrel.domain.topology.Topology;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each node and all constraints by which it fails one demand; the scheduler's message names only
 * the first of each node.
 *
 * @param failures by node name, sorted
 */
public record Feasibility(Map<String, Set<Constraint>> failures) {
    /** Control-plane nodes are meant to be kept free: their taint is nobody's mistake. */
    private static final String ROLE = "node-role.kubernetes.io/";

    /** Judges every node as it is now. */
    public static Feasibility of(Demand demand, Topology topology) {
        var free = NodeRoom.everywhere(topology);
        var failures = new TreeMap<String, Set<Constraint>>();
        for (var node : topology.all("Node")) {
            var name = node.ref().name();
            if (!isReserved(node, demand)) {
                failures.put(name, demand.failedBy(node, free.getOrDefault(name, Map.of())));
            }
        }
        return new Feasibility(failures);
    }

    private static boolean isReserved(KubeObject node, Demand demand) {
        return demand.untolerated(node)
                .filter(taint -> taint.at("key").text().startsWith(ROLE))
                .isPresent();
    }

    /** Nodes that take it, sorted. */
    public List<String> fitting() {
        return failures.entrySet().stream()
                .filter(node -> node.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Constraints of which it hangs: of the fewest that would have to give way for some node to
     * take it, all. Empty when a node takes it already.
     */
    public Set<Constraint> decisive() {
        var decisive = EnumSet.noneOf(Constraint.class);
        var fewest = failures.values().stream().mapToInt(Set::size).min().orElse(0);
        failures.values().stream()
                .filter(failed -> failed.size() == fewest)
                .forEach(decisive::addAll);
        return decisive;
    }

    /** Nodes that the constraint excludes, alone or with others, sorted. */
    public List<String> excludedBy(Constraint constraint) {
        return failures.entrySet().stream()
                .filter(node -> node.getValue().contains(constraint))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** For people: each node and why it does not do. */
    public String table() {
        var text = new StringBuilder();
        failures.entrySet().stream()
                .limit(8)
                .forEach(node -> text.append("%s: %s%n".formatted(node.getKey(), node.getValue())));
        return text.toString().strip();
    }
}
