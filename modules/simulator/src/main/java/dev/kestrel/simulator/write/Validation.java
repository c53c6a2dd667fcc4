package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;
import dev.kestrel.simulator.resource.Quantity;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Refusal.Cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Refuses objects that make no sense, with the words of the API server. */
final class Validation {
    private static final String INVALID = "FieldValueInvalid";
    private static final String REQUIRED = "FieldValueRequired";
    private static final Set<String> WITH_SELECTOR =
            Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet");
    private static final Set<String> STATEFUL_MUTABLE =
            Set.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");

    private Validation() {}

    /** Of a new object. */
    static void check(KubeObject object) {
        refuse(object, causes(object));
    }

    /** Of a new version of an object. */
    static void check(KubeObject before, KubeObject after) {
        var causes = new ArrayList<>(causes(after));
        if (WITH_SELECTOR.contains(after.type().kind())
                && !before.at("spec", "selector").equals(after.at("spec", "selector"))) {
            var value = after.at("spec", "selector");
            causes.add(invalid("spec.selector", value, "field is immutable"));
        }
        if (after.type().equals(ResourceTypes.STATEFUL_SET)) {
            statefulSet(before, after, causes);
        }
        if (after.type().equals(ResourceTypes.POD)) {
            pod(before, after, causes);
        }
        refuse(after, causes);
    }

    private static void refuse(KubeObject object, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw Refusal.invalid(object.type(), object.name(), causes);
        }
    }

    private static List<Cause> causes(KubeObject object) {
        var causes = new ArrayList<Cause>();
        if (!object.name().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
            var name = object.at("metadata", "name");
            causes.add(
                    invalid(
                            "metadata.name",
                            name,
                            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                                    + " characters, '-' or '.', and must start and end with an"
                                    + " alphanumeric character"));
        }
        if (WITH_SELECTOR.contains(object.type().kind())) {
            selector(object, causes);
        }
        if (object.number(0, "spec", "replicas") < 0) {
            causes.add(
                    invalid(
                            "spec.replicas",
                            object.at("spec", "replicas"),
                            "must be greater than or equal to 0"));
        }
        switch (object.type().kind()) {
            case "Pod" -> podSpec(object.at("spec"), "spec", causes);
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job" ->
                    podSpec(object.at("spec", "template", "spec"), "spec.template.spec", causes);
            case "CronJob" ->
                    podSpec(
                            object.at("spec", "jobTemplate", "spec", "template", "spec"),
                            "spec.jobTemplate.spec.template.spec",
                            causes);
            default -> {}
        }
        return causes;
    }

    private static void selector(KubeObject object, List<Cause> causes) {
        var selector = LabelSelector.ofObject(object.at("spec", "selector"));
        var labels = object.at("spec", "template", "metadata", "labels");
        if (selector.requirements().isEmpty()) {
            causes.add(new Cause(REQUIRED, "Required value", "spec.selector"));
        } else if (!selector.matches(Json.strings(labels))) {
            causes.add(
                    invalid(
                            "spec.template.metadata.labels",
                            labels,
                            "`selector` does not match template `labels`"));
        }
    }

    private static void podSpec(JsonNode spec, String path, List<Cause> causes) {
        if (spec.path("containers").isEmpty()) {
            causes.add(new Cause(REQUIRED, "Required value", path + ".containers"));
        }
        int index = 0;
        for (var container : spec.path("containers")) {
            var at = path + ".containers[" + index++ + "]";
            if (container.path("image").asText().isEmpty()) {
                causes.add(new Cause(REQUIRED, "Required value", at + ".image"));
            }
            resources(container.path("resources"), at + ".resources", causes);
        }
    }

    private static void resources(JsonNode resources, String path, List<Cause> causes) {
        for (var request : resources.path("requests").properties()) {
            var name = request.getKey();
            var limit = resources.path("limits").path(name).asText("");
            try {
                if (!limit.isEmpty()
                        && Quantity.milli(request.getValue().asText()) > Quantity.milli(limit)) {
                    causes.add(
                            invalid(
                                    path + ".requests",
                                    request.getValue(),
                                    "must be less than or equal to %s limit of %s"
                                            .formatted(name, limit)));
                }
            } catch (IllegalArgumentException unreadable) {
                causes.add(
                        invalid(path, request.getValue(), String.valueOf(unreadable.getMessage())));
            }
        }
    }

    private static void statefulSet(KubeObject before, KubeObject after, List<Cause> causes) {
        for (var field : after.at("spec").properties()) {
            if (!STATEFUL_MUTABLE.contains(field.getKey())
                    && !field.getValue().equals(before.at("spec", field.getKey()))) {
                var message =
                        "Forbidden: updates to statefulset spec for fields other than 'replicas',"
                                + " 'ordinals', 'template', 'updateStrategy',"
                                + " 'revisionHistoryLimit',"
                                + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'"
                                + " are forbidden";
                causes.add(new Cause("FieldValueForbidden", message, "spec"));
                return;
            }
        }
    }

    private static void pod(KubeObject before, KubeObject after, List<Cause> causes) {
        var frozen = before.at("spec").deepCopy();
        var asked = after.at("spec").deepCopy();
        for (var spec : List.of(frozen, asked)) {
            var open = (com.fasterxml.jackson.databind.node.ObjectNode) spec;
            open.remove(List.of("nodeName", "tolerations", "activeDeadlineSeconds"));
            for (var container : spec.path("containers")) {
                ((com.fasterxml.jackson.databind.node.ObjectNode) container).remove("image");
            }
        }
        if (!frozen.equals(asked)) {
            var message =
                    "Forbidden: pod updates may not change fields other than"
                            + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to"
                            + " existing tolerations),`spec.terminationGracePeriodSeconds` (allow"
                            + " it to be set to 1 if it was previously negative)";
            causes.add(new Cause("FieldValueForbidden", message, "spec"));
        }
    }

    private static Cause invalid(String field, JsonNode value, String why) {
        return new Cause(INVALID, "Invalid value: %s: %s".formatted(value, why), field);
    }
}
