package dev.kestrel.domain.detection.node;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;

/**
 * A node's kubelet does not answer, or says that the node is short of memory. Conditions that
 * others add mean whatever they like, so only Kubernetes' own count.
 */
public final class NodeUnwell {
    public static final Detector NOT_READY =
            detector("node-not-ready", "node.not_ready", "Ready", "True");
    public static final Detector MEMORY_PRESSURE =
            detector("node-memory-pressure", "node.memory_pressure", "MemoryPressure", "False");

    private NodeUnwell() {}

    private static Detector detector(String id, String type, String condition, String well) {
        return new ResourceDetector(
                id, List.of(type), Set.of("Node"), node -> look(node, type, condition, well));
    }

    private static List<Sample> look(
            ResourceView node, String type, String condition, String well) {
        var here = node.condition(condition);
        if (!here.isPresent()) {
            return List.of();
        }
        var status = here.at("status").text();
        var unknown = status.equals("Unknown") && !condition.equals("Ready");
        var leaving = node.object().at("metadata", "deletionTimestamp").isPresent();
        if (leaving || unknown || status.equals(well)) {
            return node.good(type);
        }
        var summary = "%s: %s is %s".formatted(node.ref(), condition, status);
        var excerpt = here.at("reason").text() + ": " + here.at("message").text();
        return node.bad(type, List.of(node.proof(type, summary, excerpt)));
    }
}
