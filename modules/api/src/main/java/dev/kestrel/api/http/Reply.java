package dev.kestrel.api.http;

import io.vertx.core.json.JsonObject;

/** What an operation answers when there is no problem. */
public sealed interface Reply {
    /**
     * JSON.
     *
     * @param text already written
     */
    record Json(int status, String text) implements Reply {}

    /** Anything else. */
    record Text(String contentType, String text) implements Reply {}

    /** Done; there is nothing to say. */
    record Done() implements Reply {}

    static Reply json(JsonObject body) {
        return new Json(200, body.encode());
    }
}
