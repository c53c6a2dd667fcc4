package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

/**
 * How an operator of the load sends.
 *
 * @param signals in each message; 0 sends nothing more
 * @param outstanding messages that may wait for their acknowledgement
 * @param everyMillis between two messages; 0 sends as soon as there is room
 */
record Sending(int signals, int outstanding, int everyMillis) {
    static final Sending NOTHING = new Sending(0, 0, 0);

    /** One message outstanding, the next one as soon as it is acknowledged. */
    static Sending pingPong(int signals) {
        return new Sending(signals, 1, 0);
    }

    JsonObject order(String fleet) {
        return new JsonObject()
                .put("do", "send")
                .put("fleet", fleet)
                .put("signals", signals)
                .put("outstanding", outstanding)
                .put("every", everyMillis);
    }

    static Sending read(JsonObject order) {
        return new Sending(
                order.getInteger("signals"),
                order.getInteger("outstanding"),
                order.getInteger("every"));
    }
}
