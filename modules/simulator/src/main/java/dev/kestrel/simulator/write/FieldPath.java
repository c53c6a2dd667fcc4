package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The way to one field, each step written as in {@code managedFields}: f:name, k:{keys}, v:value.
 */
record FieldPath(List<String> steps) implements Comparable<FieldPath> {
    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        steps = List.copyOf(steps);
    }

    FieldPath field(String name) {
        return then("f:" + name);
    }

    FieldPath then(String step) {
        return new FieldPath(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    /** The step that names an item of an associative list. */
    static String itemStep(JsonNode item, Shape.Associative list) {
        return "k:" + itemKey(item, list);
    }

    static ObjectNode itemKey(JsonNode item, Shape.Associative list) {
        var key = Json.object();
        for (var name : list.keys()) {
            if (item.has(name)) {
                key.set(name, item.get(name));
            } else if (list.defaults().containsKey(name)) {
                key.put(name, list.defaults().get(name));
            }
        }
        return key;
    }

    /** As error messages write it: {@code .spec.containers[name="web"].image}. */
    String shown() {
        var text = new StringBuilder();
        for (var step : steps) {
            if (step.startsWith("f:")) {
                text.append('.').append(step, 2, step.length());
            } else if (step.startsWith("k:")) {
                var keys = Json.parse(step.substring(2)).properties().stream();
                text.append('[')
                        .append(String.join(",", keys.map(FieldPath::shownKey).toList()))
                        .append(']');
            } else {
                text.append("[=").append(step, 2, step.length()).append(']');
            }
        }
        return text.toString();
    }

    private static String shownKey(Map.Entry<String, JsonNode> key) {
        return key.getKey() + "=" + key.getValue();
    }

    @Override
    public int compareTo(FieldPath other) {
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            int order = steps.get(i).compareTo(other.steps.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(steps.size(), other.steps.size());
    }
}
