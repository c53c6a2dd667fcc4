package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;

import java.util.List;

/** The three kinds of patch that are not server-side apply. */
final class Patches {
    private Patches() {}

    /** RFC 7386: null removes, lists are replaced. */
    static ObjectNode merge(ObjectNode target, JsonNode patch) {
        var result = target.deepCopy();
        for (var field : patch.properties()) {
            var value = field.getValue();
            if (value.isNull()) {
                result.remove(field.getKey());
            } else if (value.isObject()) {
                result.set(field.getKey(), merge(objectOr(result.path(field.getKey())), value));
            } else {
                result.set(field.getKey(), value.deepCopy());
            }
        }
        return result;
    }

    /**
     * As kubectl edits: lists with keys are merged item by item, {@code $patch: delete} removes.
     */
    static ObjectNode strategic(String type, ObjectNode target, JsonNode patch) {
        return strategic(Schema.KUBERNETES.type(type), target, patch);
    }

    private static ObjectNode strategic(Shape declared, ObjectNode target, JsonNode patch) {
        var result = target.deepCopy();
        for (var field : patch.properties()) {
            var name = field.getKey();
            var value = field.getValue();
            var shape = childOf(declared, name);
            if (value.isNull()) {
                result.remove(name);
            } else if (value.isObject()) {
                result.set(name, strategic(shape, objectOr(result.path(name)), value));
            } else if (shape instanceof Shape.Associative keyed
                    && result.path(name) instanceof ArrayNode list) {
                result.set(name, mergeItems(keyed, list, value));
            } else {
                result.set(name, value.deepCopy());
            }
        }
        return result;
    }

    private static ArrayNode mergeItems(Shape.Associative keyed, ArrayNode list, JsonNode patch) {
        var result = list.deepCopy();
        for (var item : patch) {
            var key = FieldPath.itemKey(item, keyed);
            int at = 0;
            while (at < result.size() && !FieldPath.itemKey(result.get(at), keyed).equals(key)) {
                at++;
            }
            if (item.path("$patch").asText().equals("delete")) {
                if (at < result.size()) {
                    result.remove(at);
                }
            } else if (at < result.size()) {
                result.set(at, strategic(keyed.element(), (ObjectNode) result.get(at), item));
            } else {
                result.add(item.deepCopy());
            }
        }
        return result;
    }

    private static Shape childOf(Shape declared, String field) {
        return switch (Schema.KUBERNETES.resolve(declared)) {
            case Shape.Struct struct ->
                    Schema.KUBERNETES.resolve(struct.fields().getOrDefault(field, ANY));
            case Shape.MapOf map -> Schema.KUBERNETES.resolve(map.element());
            case Shape.ListOf _, Shape.SetOf _, Shape.Associative _ -> ANY;
            case Shape.Scalar _, Shape.Named _ -> ANY;
        };
    }

    private static final Shape ANY = new Shape.Scalar(Shape.Type.ANY);

    private static ObjectNode objectOr(JsonNode node) {
        return node instanceof ObjectNode object ? object : Json.object();
    }

    /**
     * RFC 6902, with add, replace, remove and test.
     *
     * @throws Refusal 422 when a path is not there or a test fails
     */
    static ObjectNode operations(ObjectNode target, JsonNode operations) {
        var result = target.deepCopy();
        for (var operation : operations) {
            var steps =
                    List.of(operation.path("path").asText().substring(1).split("/")).stream()
                            .map(step -> step.replace("~1", "/").replace("~0", "~"))
                            .toList();
            JsonNode parent = result;
            for (var step : steps.subList(0, steps.size() - 1)) {
                parent = step(parent, step);
            }
            operate(operation, parent, steps.getLast());
        }
        return result;
    }

    private static JsonNode step(JsonNode from, String step) {
        return from.isArray() && step.matches("\\d+")
                ? from.path(Integer.parseInt(step))
                : from.path(step);
    }

    private static void operate(JsonNode operation, JsonNode parent, String last) {
        var name = operation.path("op").asText();
        var there = step(parent, last);
        var value = operation.path("value");
        var missing = parent.isMissingNode() || (!name.equals("add") && there.isMissingNode());
        if (missing || (name.equals("test") && !there.equals(value))) {
            throw Refusal.badRequest(
                    "the server rejected our request due to an error in our request: %s operation"
                                    .formatted(name)
                            + " does not apply: doc is missing path: "
                            + operation.path("path").asText());
        }
        if (name.equals("test")) {
            return;
        }
        if (parent instanceof ObjectNode object) {
            if (name.equals("remove")) {
                object.remove(last);
            } else {
                object.set(last, value.deepCopy());
            }
        } else if (parent instanceof ArrayNode list) {
            operateOnList(name, list, last, value);
        }
    }

    private static void operateOnList(String name, ArrayNode list, String last, JsonNode value) {
        int at = last.equals("-") ? list.size() : Integer.parseInt(last);
        switch (name) {
            case "add" -> list.insert(at, value.deepCopy());
            case "remove" -> list.remove(at);
            default -> list.set(at, value.deepCopy());
        }
    }
}
