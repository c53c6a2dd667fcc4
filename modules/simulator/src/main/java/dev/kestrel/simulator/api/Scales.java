package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.util.List;

/** The scale of a workload, as its subresource shows it. */
final class Scales {
    private Scales() {}

    static ObjectNode of(KubeObject workload) {
        var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, workload.at("metadata", field));
        }
        scale.putObject("spec").put("replicas", workload.number("spec", "replicas"));
        var labels = Json.strings(workload.at("spec", "selector", "matchLabels"));
        var selector = labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
        var status = scale.putObject("status");
        status.put("replicas", workload.number("status", "replicas"));
        status.put("selector", String.join(",", selector.toList()));
        return scale;
    }
}
