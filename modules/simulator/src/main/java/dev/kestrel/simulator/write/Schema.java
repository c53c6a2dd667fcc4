package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.Json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of every type as Kubernetes 1.36 and Istio 1.30 declare them for server-side apply.
 */
final class Schema {
    private static final List<String> FILES =
            List.of("kubernetes-1.36.schema.json", "istio-1.30.schema.json");
    static final Schema KUBERNETES = load();

    private final Map<String, Shape> types = new HashMap<>();

    private Schema(List<JsonNode> declared) {
        declared.stream()
                .flatMap(file -> file.properties().stream())
                .forEach(entry -> types.put(entry.getKey(), read(entry.getValue())));
    }

    private static Schema load() {
        return new Schema(FILES.stream().map(Schema::load).toList());
    }

    private static JsonNode load(String file) {
        try (InputStream in = Schema.class.getResourceAsStream(file)) {
            var bytes = Objects.requireNonNull(in, file).readAllBytes();
            return Json.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The shape of a type, never a {@link Shape.Named}. */
    Shape type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    /** The shape itself where another only names it. */
    Shape resolve(Shape shape) {
        return shape instanceof Shape.Named named ? type(named.name()) : shape;
    }

    /** Fields that the type does not declare or that hold another JSON type, as apply says it. */
    List<String> faults(String type, JsonNode value) {
        var faults = new ArrayList<String>();
        check(type(type), value, "", faults);
        return faults;
    }

    private void check(Shape declared, JsonNode value, String path, List<String> faults) {
        if (value.isNull()) {
            return;
        }
        switch (resolve(declared)) {
            case Shape.Struct struct ->
                    value.properties().forEach(field -> checkField(struct, field, path, faults));
            case Shape.MapOf map ->
                    value.properties()
                            .forEach(e -> check(map.element(), e.getValue(), path, faults));
            case Shape.ListOf(var element) -> checkItems(element, value, path, faults);
            case Shape.SetOf(var element) -> checkItems(element, value, path, faults);
            case Shape.Associative list -> checkItems(list.element(), value, path, faults);
            case Shape.Scalar(var type) -> checkScalar(type, value, path, faults);
            case Shape.Named named -> throw new IllegalStateException(named.name());
        }
    }

    private void checkField(
            Shape.Struct struct,
            Map.Entry<String, JsonNode> field,
            String path,
            List<String> faults) {
        var at = path + "." + field.getKey();
        var shape = struct.fields().get(field.getKey());
        if (shape != null) {
            check(shape, field.getValue(), at, faults);
        } else if (!struct.fields().isEmpty()) {
            faults.add(at + ": field not declared in schema");
        }
    }

    private void checkItems(Shape element, JsonNode list, String path, List<String> faults) {
        if (!list.isArray()) {
            faults.add(path + ": expected list, got " + list);
            return;
        }
        list.forEach(item -> check(element, item, path, faults));
    }

    private static void checkScalar(
            Shape.Type type, JsonNode value, String path, List<String> faults) {
        var wanted =
                switch (type) {
                    case TEXT -> value.isTextual() ? "" : "string";
                    case NUMBER -> value.isNumber() ? "" : "numeric (int or float)";
                    case TRUTH -> value.isBoolean() ? "" : "boolean";
                    case ANY -> "";
                };
        if (!wanted.isEmpty()) {
            faults.add("%s: expected %s, got %s".formatted(path, wanted, value));
        }
    }

    private static Shape read(JsonNode declared) {
        if (declared.isTextual()) {
            var text = declared.asText();
            return switch (text) {
                case "s" -> new Shape.Scalar(Shape.Type.TEXT);
                case "n" -> new Shape.Scalar(Shape.Type.NUMBER);
                case "b" -> new Shape.Scalar(Shape.Type.TRUTH);
                case "u" -> new Shape.Scalar(Shape.Type.ANY);
                default -> new Shape.Named(text.substring(1));
            };
        }
        var atomic = declared.path("atomic").asBoolean();
        if (declared.has("list")) {
            return readList(declared);
        }
        if (declared.has("map")) {
            return new Shape.MapOf(read(declared.path("map")), atomic);
        }
        var fields = new LinkedHashMap<String, Shape>();
        declared.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), read(field.getValue())));
        return new Shape.Struct(fields, atomic);
    }

    private static Shape readList(JsonNode declared) {
        var element = read(declared.path("list"));
        if (!declared.has("keys")) {
            return new Shape.ListOf(element);
        }
        var keys = Json.items(declared.path("keys")).stream().map(JsonNode::asText).toList();
        return keys.isEmpty()
                ? new Shape.SetOf(element)
                : new Shape.Associative(element, keys, Json.strings(declared.path("defaults")));
    }
}
