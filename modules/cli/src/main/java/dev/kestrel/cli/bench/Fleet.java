package dev.kestrel.cli.bench;

import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Operators of one tenant that all do the same, and what they measure. On one event loop. */
final class Fleet {
    /** More handshakes at once would only wait for each other, until one gives up. */
    private static final int AT_ONCE = 32;

    private final Vertx vertx;
    private final String name;
    private final List<Identity> identities = new ArrayList<>();
    private final List<LoadStream> streams = new ArrayList<>();
    private final Map<String, Latencies> phases = new LinkedHashMap<>();
    private Latencies measured = new Latencies();
    private boolean measuring;
    private int boots;

    Fleet(Vertx vertx, String name) {
        this.vertx = vertx;
        this.name = name;
    }

    Future<Void> enrol(JsonObject order) {
        var tokens = order.getJsonArray("tokens");
        var desk = new Enrolling(vertx, at(order), order.getString("ca"));
        return each(
                0,
                tokens.size(),
                which ->
                        desk.enrol(
                                        tokens.getString(which),
                                        name + "-" + (order.getInteger("first") + which),
                                        "bench")
                                .onSuccess(identities::add));
    }

    /** Connects operators that were not connected before, up to so many, and opens no stream. */
    Future<Void> connect(JsonObject order) {
        var first = streams.size();
        boots += first == 0 ? 1 : 0;
        for (int which = first; which < order.getInteger("count"); which++) {
            streams.add(
                    new LoadStream(
                            vertx,
                            at(order),
                            identities.get(which),
                            "boot-" + boots + "-" + which,
                            new SampleSignals(Instant.now(), "node-" + which % 4),
                            this::onAcknowledged));
        }
        return each(first, streams.size(), which -> streams.get(which).connect());
    }

    /** Closes every connection, and connects each from the same client again. */
    Future<Void> reconnect() {
        return each(0, streams.size(), which -> streams.get(which).reconnect());
    }

    /** Opens the streams of those that are connected and have none. */
    Future<Void> open() {
        return each(0, streams.size(), which -> streams.get(which).open());
    }

    void send(Sending sending) {
        streams.forEach(stream -> stream.send(sending));
    }

    /**
     * Measures from now on.
     *
     * @param phase what is measured goes to what was measured in it before
     */
    void begin(String phase) {
        measured = phases.computeIfAbsent(phase, fresh -> new Latencies());
        measuring = true;
    }

    /** What the phase came to, with all that was measured in it. */
    Percentiles end() {
        measuring = false;
        return measured.percentiles();
    }

    Future<Void> close() {
        return Future.all(streams.stream().map(LoadStream::rest).toList())
                .compose(rested -> Future.join(streams.stream().map(LoadStream::close).toList()))
                .onComplete(closed -> streams.clear())
                .mapEmpty();
    }

    private void onAcknowledged(long nanos) {
        if (measuring) {
            measured.add(nanos);
        }
    }

    private static SocketAddress at(JsonObject order) {
        return SocketAddress.inetSocketAddress(order.getInteger("port"), "localhost");
    }

    /** Does one after another, several at a time. */
    private static Future<Void> each(int first, int end, IntFunction<Future<?>> step) {
        return Future.all(
                        IntStream.range(first, Math.min(end, first + AT_ONCE))
                                .mapToObj(lane -> lane(lane, end, step))
                                .toList())
                .mapEmpty();
    }

    private static Future<Void> lane(int which, int end, IntFunction<Future<?>> step) {
        return which >= end
                ? Future.succeededFuture()
                : step.apply(which).compose(done -> lane(which + AT_ONCE, end, step));
    }
}
