package dev.kestrel.operator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.kestrel.domain.signal.Fields;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads JSON into {@link Fields}. Explicit nulls are left out, because Kubernetes means the same by
 * a null and by nothing.
 */
public final class JsonFields {
    /** Deeper than any Kubernetes object, and shallow enough for any stack. */
    private static final int MAX_DEPTH = 100;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    }

    private JsonFields() {}

    /**
     * The tree that UTF-8 JSON spells.
     *
     * @throws IllegalArgumentException when the bytes are not JSON or nested deeper than 100
     */
    public static Fields read(byte[] json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not JSON at " + e.getLocation().offsetDescription(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Fields of(JsonNode node) {
        return Optional.ofNullable(node)
                .flatMap(JsonFields::plain)
                .map(Fields::of)
                .orElse(Fields.ABSENT);
    }

    /** The tree as maps, lists and scalars; empty for null. */
    private static Optional<Object> plain(JsonNode node) {
        return Optional.ofNullable(
                switch (node.getNodeType()) {
                    case OBJECT -> object(node);
                    case ARRAY -> array(node);
                    case STRING -> node.textValue();
                    case BOOLEAN -> node.booleanValue();
                    case NUMBER -> number(node);
                    case NULL, MISSING, BINARY, POJO -> null;
                });
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong()
                    ? (Object) node.longValue()
                    : Objects.<BigInteger>requireNonNull(node.bigIntegerValue());
        }
        return node.doubleValue();
    }

    private static Map<String, Object> object(JsonNode node) {
        var members = new LinkedHashMap<String, Object>();
        for (var member : node.properties()) {
            plain(member.getValue()).ifPresent(value -> members.put(member.getKey(), value));
        }
        return members;
    }

    private static List<Object> array(JsonNode node) {
        var items = new ArrayList<Object>(node.size());
        node.elements().forEachRemaining(item -> plain(item).ifPresent(items::add));
        return items;
    }
}
