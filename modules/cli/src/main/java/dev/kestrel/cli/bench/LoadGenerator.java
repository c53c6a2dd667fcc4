package dev.kestrel.cli.bench;

import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operators of {@code bench gateway}, in a process of their own so that what they cost is not
 * taken for the server's. Takes orders as lines of JSON, answers each with one line.
 */
final class LoadGenerator {
    private static final int MOST_LATENCIES = 4_000_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Identity> identities = new ArrayList<>();
    private List<LoadStream> streams = List.of();
    private final long[] latencies = new long[MOST_LATENCIES];
    private int measured;
    private boolean measuring;
    private int opened;

    private LoadGenerator() {}

    /** Until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        var generator = new LoadGenerator();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(generator.answer(new JsonObject(line)).encode());
        }
        System.exit(0);
    }

    private JsonObject answer(JsonObject order) {
        var answer =
                Future.<JsonObject>future(
                        promise ->
                                vertx.getOrCreateContext()
                                        .runOnContext(go -> obey(order).onComplete(promise)));
        return answer.otherwise(
                        failure ->
                                new JsonObject()
                                        .put("failure", String.valueOf(failure.getMessage())))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Future<JsonObject> obey(JsonObject order) {
        var done = new JsonObject();
        return switch (order.getString("do")) {
            case "enrol" -> enrol(order, order.getJsonArray("tokens"), 0).map(done);
            case "open" -> open(order.getInteger("port")).map(done);
            case "send" -> {
                streams.forEach(stream -> stream.send(order.getInteger("signals")));
                yield Future.succeededFuture(done);
            }
            case "begin" -> {
                measured = 0;
                measuring = true;
                yield Future.succeededFuture(done);
            }
            case "end" -> {
                measuring = false;
                var times = Percentiles.of(Arrays.copyOf(latencies, measured));
                yield Future.succeededFuture(times.json());
            }
            case "close" -> close().map(done);
            default -> Future.failedFuture("no such order: " + order);
        };
    }

    private Future<Void> enrol(JsonObject order, JsonArray tokens, int from) {
        if (from == tokens.size()) {
            return Future.succeededFuture();
        }
        var address = SocketAddress.inetSocketAddress(order.getInteger("port"), "localhost");
        return new Enrolling(vertx, address, order.getString("ca"))
                .enrol(tokens.getString(from), "bench-" + from, "bench")
                .onSuccess(identities::add)
                .compose(enrolled -> enrol(order, tokens, from + 1));
    }

    private Future<Void> open(int port) {
        var address = SocketAddress.inetSocketAddress(port, "localhost");
        var boot = "boot-" + ++opened + "-";
        var opening = new ArrayList<LoadStream>();
        for (int i = 0; i < identities.size(); i++) {
            opening.add(
                    new LoadStream(
                            vertx,
                            address,
                            identities.get(i),
                            boot + i,
                            new SampleSignals(Instant.now(), "node-" + i % 4),
                            this::onAcknowledged));
        }
        streams = List.copyOf(opening);
        return Future.all(streams.stream().map(LoadStream::open).toList()).mapEmpty();
    }

    private Future<Void> close() {
        return Future.all(streams.stream().map(LoadStream::rest).toList())
                .compose(rested -> Future.join(streams.stream().map(LoadStream::close).toList()))
                .onComplete(closed -> streams = List.of())
                .mapEmpty();
    }

    private void onAcknowledged(long nanos) {
        if (measuring && measured < MOST_LATENCIES) {
            latencies[measured++] = nanos;
        }
    }
}
