package dev.kestrel.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.FieldManager;

import java.time.Instant;
import java.util.List;

/** The cluster a scenario begins with: its nodes, its images, everything that runs in it. */
public record Baseline(List<Image> images, List<JsonNode> objects) {
    public Baseline {
        images = List.copyOf(images);
        objects = List.copyOf(objects);
    }

    /** Builds the cluster; nothing runs in it before its clock is advanced. */
    public SimulatedCluster build(Timings timings, Instant start, long seed) {
        var cluster = new SimulatedCluster(timings, start, seed);
        images.forEach(cluster::publish);
        var nodes = objects.stream().filter(Baseline::isNode).toList();
        nodes.forEach(node -> create(cluster, node));
        // Kubelets register before anything is scheduled.
        cluster.advance(timings.tick());
        objects.stream().filter(object -> !isNode(object)).forEach(o -> create(cluster, o));
        return cluster;
    }

    private static boolean isNode(JsonNode object) {
        return object.path("kind").asText().equals("Node");
    }

    static void create(SimulatedCluster cluster, JsonNode object) {
        var type = ResourceTypes.ofKind(object.path("kind").asText());
        var by = FieldManager.update("kubectl-create");
        cluster.inside(
                inside ->
                        inside.registry().create(type, (ObjectNode) object.deepCopy(), by, false));
    }
}
