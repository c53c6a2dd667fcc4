package dev.kestrel.api.live;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the server says on the live feed. */
final class FeedMessage {
    private FeedMessage() {}

    static String changed(JsonObject incident) {
        return new JsonObject().put("is", "changed").put("incident", incident).encode();
    }

    static String cluster(JsonObject cluster) {
        return new JsonObject().put("is", "cluster").put("cluster", cluster).encode();
    }

    /**
     * Everything, or what is newer than what the client named.
     *
     * @param is {@code snapshot} or {@code resumed}
     */
    static String whole(String is, JsonArray incidents, JsonArray clusters) {
        return new JsonObject()
                .put("is", is)
                .put("incidents", incidents)
                .put("clusters", clusters)
                .encode();
    }
}
