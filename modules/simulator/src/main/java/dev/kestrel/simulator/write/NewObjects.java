package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.Quantity;
import dev.kestrel.simulator.resource.ResourceType;

import java.util.function.Supplier;

/** What the API server adds to an object only once, when it is made. */
final class NewObjects {
    private NewObjects() {}

    static void initialise(ResourceType type, ObjectNode tree, Supplier<String> serviceAddress) {
        switch (type.kind()) {
            case "Service" -> service(tree, serviceAddress);
            case "Job" -> job(tree);
            case "Pod" -> pod(tree);
            case "PersistentVolumeClaim" -> status(tree, "Pending");
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" ->
                    Json.ensure(tree, "status");
            default -> {}
        }
    }

    private static void service(ObjectNode tree, Supplier<String> address) {
        var spec = Json.ensure(tree, "spec");
        if (!spec.has("clusterIP")) {
            spec.put("clusterIP", address.get());
        }
        spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
        Json.ensure(tree, "status", "loadBalancer");
    }

    private static void job(ObjectNode tree) {
        var uid = tree.path("metadata").path("uid").asText();
        var name = tree.path("metadata").path("name").asText();
        var labels = Json.ensure(tree, "spec", "template", "metadata", "labels");
        labels.put("batch.kubernetes.io/controller-uid", uid);
        labels.put("batch.kubernetes.io/job-name", name);
        labels.put("controller-uid", uid).put("job-name", name);
        Json.ensure(tree, "spec", "selector", "matchLabels")
                .put("batch.kubernetes.io/controller-uid", uid);
        Json.ensure(tree, "status");
    }

    private static void pod(ObjectNode tree) {
        status(tree, "Pending");
        Json.ensure(tree, "status").put("qosClass", qosClass(tree));
    }

    private static String qosClass(ObjectNode tree) {
        var guaranteed = true;
        var any = false;
        for (var container : tree.path("spec").path("containers")) {
            var resources = container.path("resources");
            any |= !resources.path("requests").isEmpty() || !resources.path("limits").isEmpty();
            for (var name : new String[] {"cpu", "memory"}) {
                var limit = resources.path("limits").path(name).asText("");
                var request = resources.path("requests").path(name).asText("");
                guaranteed &= !limit.isEmpty() && Quantity.milli(limit) == Quantity.milli(request);
            }
        }
        return any ? guaranteed ? "Guaranteed" : "Burstable" : "BestEffort";
    }

    private static void status(ObjectNode tree, String phase) {
        Json.ensure(tree, "status").put("phase", phase);
    }
}
