package dev.kestrel.api.live;

import io.vertx.core.json.DecodeException;
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
            var json = new JsonObject(text);
            return switch (json.getString("is", "")) {
                case "hello" -> new First(json.getString("token", ""), revisions(json));
                case "token" -> new Renewed(json.getString("token", ""));
                default -> new Unknown();
            };
        } catch (DecodeException | ClassCastException | IllegalArgumentException malformed) {
            return new Unknown();
        }
    }

    private static Map<String, Long> revisions(JsonObject json) {
        var named = json.getJsonObject("revisions", new JsonObject());
        if (named.size() > REVISIONS_AT_MOST) {
            throw new IllegalArgumentException("more revisions than a feed holds");
        }
        var revisions = new TreeMap<String, Long>();
        named.forEach(
                entry -> revisions.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
        return revisions;
    }
}
