package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A Deployment and its ReplicaSets at one moment, and the numbers a rollout is decided by. */
record Rollout(KubeObject deployment, List<KubeObject> sets) {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HASH = "pod-template-hash";

    Rollout {
        sets =
                sets.stream()
                        .sorted(
                                Comparator.comparing(KubeObject::created)
                                        .thenComparing(KubeObject::name))
                        .toList();
    }

    /** The set whose template is the Deployment's. */
    Optional<KubeObject> current() {
        var wanted = deployment.at("spec", "template");
        return sets.stream()
                .filter(set -> withoutHash(set.at("spec", "template")).equals(wanted))
                .findFirst();
    }

    /** All other sets, oldest first. */
    List<KubeObject> old() {
        var current = current().map(KubeObject::uid).orElse("");
        return sets.stream().filter(set -> !set.uid().equals(current)).toList();
    }

    int desired() {
        return deployment.number("spec", "replicas");
    }

    boolean recreates() {
        return deployment.text("spec", "strategy", "type").equals("Recreate");
    }

    int maxSurge() {
        return recreates() ? 0 : share("maxSurge", true);
    }

    int maxUnavailable() {
        if (recreates() || desired() == 0) {
            return 0;
        }
        int unavailable = share("maxUnavailable", false);
        return Math.min(maxSurge() == 0 && unavailable == 0 ? 1 : unavailable, desired());
    }

    int replicas() {
        return sets.stream().mapToInt(set -> set.number("spec", "replicas")).sum();
    }

    int statusSum(String field) {
        return sets.stream().mapToInt(set -> set.number("status", field)).sum();
    }

    private int share(String field, boolean up) {
        return share(
                deployment.at("spec", "strategy", "rollingUpdate", field).asText("0"),
                desired(),
                up);
    }

    /** A number, or a percentage of a whole rounded up or down. */
    static int share(String text, int whole, boolean up) {
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        double exact = Integer.parseInt(text.substring(0, text.length() - 1)) * whole / 100.0;
        return (int) (up ? Math.ceil(exact) : Math.floor(exact));
    }

    static JsonNode withoutHash(JsonNode template) {
        var copy = (ObjectNode) template.deepCopy();
        Json.ensure(copy, "metadata", "labels").remove(HASH);
        return copy;
    }
}
