package dev.kestrel.simulator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One version of one API object. Its tree is never changed once it stands here; edits make a copy.
 */
public final class KubeObject {
    private final ResourceType type;
    private final ObjectNode tree;

    private KubeObject(ResourceType type, ObjectNode tree) {
        this.type = type;
        this.tree = tree;
    }

    /** Takes the tree over: the caller must not touch it afterwards. */
    public static KubeObject of(ResourceType type, ObjectNode tree) {
        return new KubeObject(type, tree);
    }

    public ResourceType type() {
        return type;
    }

    public ResourceKey key() {
        return new ResourceKey(type, namespace(), name());
    }

    public String name() {
        return text("metadata", "name");
    }

    /** Empty for cluster-wide types. */
    public String namespace() {
        return text("metadata", "namespace");
    }

    public String uid() {
        return text("metadata", "uid");
    }

    /** Zero before the object is stored. */
    public long resourceVersion() {
        return at("metadata", "resourceVersion").asLong();
    }

    public long generation() {
        return at("metadata", "generation").asLong();
    }

    public Map<String, String> labels() {
        return Json.strings(at("metadata", "labels"));
    }

    public String annotation(String name) {
        return text("metadata", "annotations", name);
    }

    public Instant created() {
        return Instant.parse(text("metadata", "creationTimestamp"));
    }

    public boolean isDeleting() {
        return !at("metadata", "deletionTimestamp").isMissingNode();
    }

    /** The uid of the controlling owner; empty when nothing controls it. */
    public String controllerUid() {
        return controller().map(owner -> owner.path("uid").asText()).orElse("");
    }

    public Optional<JsonNode> controller() {
        for (var owner : at("metadata", "ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** The node at a path of field names. Read only. */
    public JsonNode at(String... path) {
        return Json.at(tree, path);
    }

    /** The text at a path of field names; empty when absent. */
    public String text(String... path) {
        return at(path).asText("");
    }

    public int number(String... path) {
        return at(path).asInt();
    }

    public int number(int otherwise, String... path) {
        return at(path).asInt(otherwise);
    }

    /** A copy with one edit. */
    public KubeObject with(Consumer<ObjectNode> edit) {
        var copy = tree.deepCopy();
        edit.accept(copy);
        return new KubeObject(type, copy);
    }

    /** The tree itself, to be read only. */
    public ObjectNode tree() {
        return tree;
    }

    /** Whether both say the same, the version number and field ownership left aside. */
    public boolean saysTheSameAs(KubeObject other) {
        return sameFields(tree, other.tree, Set.of("metadata"))
                && sameFields(
                        at("metadata"),
                        other.at("metadata"),
                        Set.of("resourceVersion", "managedFields"));
    }

    private static boolean sameFields(JsonNode one, JsonNode two, Set<String> except) {
        for (var field : one.properties()) {
            if (!except.contains(field.getKey())
                    && !field.getValue().equals(two.get(field.getKey()))) {
                return false;
            }
        }
        for (var field : two.properties()) {
            if (!except.contains(field.getKey()) && !one.has(field.getKey())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return key().toString();
    }
}
