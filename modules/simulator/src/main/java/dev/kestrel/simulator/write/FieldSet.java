package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The fields of a value, as {@code managedFields} counts them. */
final class FieldSet {
    /** What no manager owns: identity and what the server itself writes. */
    private static final Set<String> UNOWNED_METADATA =
            Set.of(
                    "name",
                    "namespace",
                    "creationTimestamp",
                    "selfLink",
                    "uid",
                    "generation",
                    "managedFields",
                    "resourceVersion",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds");

    private FieldSet() {}

    /** Every owned field of an object and what it holds; items of lists hold null. */
    static SortedMap<FieldPath, JsonNode> of(String type, ObjectNode object) {
        var owned = object.deepCopy();
        owned.remove("apiVersion");
        owned.remove("kind");
        if (owned.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(UNOWNED_METADATA);
            if (metadata.isEmpty()) {
                owned.remove("metadata");
            }
        }
        var found = new TreeMap<FieldPath, JsonNode>();
        collect(Schema.KUBERNETES.type(type), owned, FieldPath.ROOT, found);
        found.remove(FieldPath.ROOT);
        return found;
    }

    private static void collect(
            Shape declared, JsonNode value, FieldPath at, SortedMap<FieldPath, JsonNode> found) {
        var shape = Schema.KUBERNETES.resolve(declared);
        if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            found.put(at, value);
            return;
        }
        switch (shape) {
            case Shape.Struct struct when !struct.atomic() ->
                    value.properties()
                            .forEach(
                                    field ->
                                            collect(
                                                    struct.fields()
                                                            .getOrDefault(field.getKey(), ANY),
                                                    field.getValue(),
                                                    at.field(field.getKey()),
                                                    found));
            case Shape.MapOf map when !map.atomic() ->
                    value.properties()
                            .forEach(
                                    e ->
                                            entry(
                                                    map.element(),
                                                    e.getValue(),
                                                    at.field(e.getKey()),
                                                    found));
            case Shape.Associative list ->
                    value.forEach(
                            item ->
                                    entry(
                                            list.element(),
                                            item,
                                            at.then(FieldPath.itemStep(item, list)),
                                            found));
            case Shape.SetOf _ -> value.forEach(item -> found.put(at.then("v:" + item), item));
            case Shape.Struct _, Shape.MapOf _, Shape.ListOf _, Shape.Scalar _, Shape.Named _ ->
                    found.put(at, value);
        }
    }

    private static final Shape ANY = new Shape.Scalar(Shape.Type.ANY);

    /** A keyed entry is owned itself and through what is in it. */
    private static void entry(
            Shape element, JsonNode value, FieldPath at, SortedMap<FieldPath, JsonNode> found) {
        found.put(at, NullNode.instance);
        collect(element, value, at, found);
    }

    /** Reads the field set of one entry. */
    static Set<FieldPath> read(JsonNode fields) {
        var found = new TreeSet<FieldPath>();
        read(fields, FieldPath.ROOT, found);
        return found;
    }

    private static void read(JsonNode fields, FieldPath at, Set<FieldPath> found) {
        if (fields.isEmpty() && !at.equals(FieldPath.ROOT)) {
            found.add(at);
        }
        for (var field : fields.properties()) {
            if (field.getKey().equals(".")) {
                found.add(at);
            } else {
                read(field.getValue(), at.then(field.getKey()), found);
            }
        }
    }

    /** Writes {@code fieldsV1}: a path with others below it is itself marked by a dot. */
    static ObjectNode write(Collection<FieldPath> paths) {
        var root = Json.object();
        var sorted = new TreeSet<>(paths);
        for (var path : sorted) {
            var node = Json.ensure(root, path.steps().toArray(String[]::new));
            var next = sorted.higher(path);
            if (next != null && below(next, path)) {
                node.putObject(".");
            }
        }
        return root;
    }

    private static boolean below(FieldPath child, FieldPath parent) {
        return child.steps().size() > parent.steps().size()
                && child.steps().subList(0, parent.steps().size()).equals(parent.steps());
    }
}
