package dev.kestrel.simulator.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values an object's fields must have, as the {@code fieldSelector} of a query says. */
public record FieldSelector(List<Requirement> requirements) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");
    private static final Map<ResourceType, Set<String>> MORE =
            Map.of(
                    ResourceTypes.POD,
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
                    ResourceTypes.EVENT,
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
                    ResourceTypes.NODE,
                    Set.of("spec.unschedulable"),
                    ResourceTypes.NAMESPACE,
                    Set.of("status.phase"),
                    ResourceTypes.REPLICA_SET,
                    Set.of("status.replicas"),
                    ResourceTypes.JOB,
                    Set.of("status.successful"),
                    ResourceTypes.SECRET,
                    Set.of("type"),
                    ResourceTypes.SERVICE,
                    Set.of("spec.clusterIP", "spec.type"));

    /** What is asked of one field. */
    public record Requirement(String field, String value, boolean equal) {}

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Of the text of a query about one type.
     *
     * @throws IllegalArgumentException when the type cannot be selected by such a field
     */
    public static FieldSelector parse(ResourceType type, String text) {
        var found = new ArrayList<Requirement>();
        for (var part : text.split(",")) {
            if (!part.isBlank()) {
                found.add(requirement(type, part));
            }
        }
        return new FieldSelector(found);
    }

    public boolean matches(KubeObject object) {
        return requirements.stream()
                .allMatch(asked -> value(object, asked.field).equals(asked.value) == asked.equal);
    }

    private static Requirement requirement(ResourceType type, String text) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new IllegalArgumentException(
                    "invalid selector: '%s'; can't understand '%s'".formatted(text, text));
        }
        var equal = text.charAt(at - 1) != '!';
        var field = text.substring(0, equal ? at : at - 1);
        if (!ALWAYS.contains(field) && !MORE.getOrDefault(type, Set.of()).contains(field)) {
            throw new IllegalArgumentException("field label not supported: " + field);
        }
        return new Requirement(field, text.substring(at + 1).replaceFirst("^=", ""), equal);
    }

    private static String value(KubeObject object, String field) {
        return switch (field) {
            case "source" -> object.text("source", "component");
            case "spec.unschedulable" ->
                    Boolean.toString(object.at("spec", "unschedulable").asBoolean());
            case "status.successful" -> Integer.toString(object.number("status", "succeeded"));
            default -> object.text(field.split("\\."));
        };
    }
}
