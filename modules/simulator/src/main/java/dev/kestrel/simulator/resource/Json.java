package dev.kestrel.simulator.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Builds and reads JSON trees; the one place where text becomes a tree and back. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * Parses JSON, or YAML of which JSON is a part.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return parseYaml(text);
        }
    }

    private static JsonNode parseYaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException notYaml) {
            throw new IllegalArgumentException(notYaml.getOriginalMessage(), notYaml);
        }
    }

    /** Every document of a YAML text, empty ones left out. */
    public static List<JsonNode> documents(String yaml) {
        var found = new ArrayList<JsonNode>();
        for (var part : yaml.split("(?m)^---\\s*$")) {
            var parsed = parse(part);
            if (parsed.isObject()) {
                found.add(parsed);
            }
        }
        return found;
    }

    public static String text(JsonNode node) {
        return node.toString();
    }

    /** The node at a path of field names; a missing node where any step is absent. */
    public static JsonNode at(JsonNode from, String... path) {
        var node = from;
        for (var step : path) {
            node = node.path(step);
        }
        return node;
    }

    /** The object at a path of field names, made where it is absent. */
    public static ObjectNode ensure(ObjectNode from, String... path) {
        var node = from;
        for (var step : path) {
            node = node.path(step) instanceof ObjectNode found ? found : node.putObject(step);
        }
        return node;
    }

    public static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    public static Map<String, String> strings(JsonNode map) {
        var found = new LinkedHashMap<String, String>();
        map.properties().forEach(entry -> found.put(entry.getKey(), entry.getValue().asText()));
        return found;
    }

    /** A time as Kubernetes writes it in objects: whole seconds, UTC. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether the node holds nothing: absent, null, or an empty list or map. */
    public static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
    }
}
