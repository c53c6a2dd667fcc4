package dev.kestrel.api.live;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import java.util.Map;
import java.util.TreeMap;

/** What a client says on the live feed. */
sealed interface Hello {
    /**
     * The first message.
     *
     * @param revisions that the client holds, by incident
     */
    record First(String token, Map<String, Long> revisions) implements Hello {}

    record Renewed(String token) implements Hello {}

    record Unknown() implements Hello {}

    int REVISIONS_AT_MOST = 1000;

    static Hello parse(String text) {
        try {
            return Json.decodeValue(text) instanceof JsonObject json ? read(json) : new Unknown();
        } catch (DecodeException | IllegalArgumentException malformed) {
            return new Unknown();
        }
    }

    private static Hello read(JsonObject json) {
        return switch (text(json, "is")) {
            case "hello" -> new First(text(json, "token"), revisions(json));
            case "token" -> new Renewed(text(json, "token"));
            default -> new Unknown();
        };
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static Map<String, Long> revisions(JsonObject json) {
        var revisions = new TreeMap<String, Long>();
        if (json.getValue("revisions", new JsonObject()) instanceof JsonObject named
                && named.size() <= REVISIONS_AT_MOST) {
            for (var entry : named) {
                if (!(entry.getValue() instanceof Number revision)) {
                    throw new IllegalArgumentException("a revision is a number");
                }
                revisions.put(entry.getKey(), revision.longValue());
            }
            return revisions;
        }
        throw new IllegalArgumentException("no revisions, or more than a feed holds");
    }
}
