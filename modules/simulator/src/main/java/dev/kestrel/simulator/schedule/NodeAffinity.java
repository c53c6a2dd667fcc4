package dev.kestrel.simulator.schedule;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;

/** Whether a pod's node selector and required affinity let it onto a node. */
public final class NodeAffinity {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private NodeAffinity() {}

    public static boolean admits(KubeObject pod, KubeObject node) {
        var wanted = LabelSelector.ofMap(Json.strings(pod.at("spec", "nodeSelector")));
        var terms = pod.at("spec", "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
        return wanted.matches(node.labels()) && (terms.isMissingNode() || any(terms, node));
    }

    private static boolean any(JsonNode terms, KubeObject node) {
        for (var term : terms) {
            var names = term.path("matchFields");
            var named = names.isMissingNode() || named(names, node.name());
            if (named && LabelSelector.ofObject(term).matches(node.labels())) {
                return true;
            }
        }
        return false;
    }

    private static boolean named(JsonNode fields, String name) {
        for (var field : fields) {
            if (Json.items(field.path("values")).stream().anyMatch(v -> v.asText().equals(name))) {
                return true;
            }
        }
        return false;
    }
}
