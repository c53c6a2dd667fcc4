package dev.kestrel.cli.bench;

import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The operators of {@code bench gateway}, in a process of their own so that what they cost is not
 * taken for the server's. Takes orders as lines of JSON, answers each with one line.
 */
final class LoadGenerator {
    private static final int MOST_LATENCIES = 4_000_000;

    /** More handshakes at once would only wait for each other, until one gives up. */
    private static final int AT_ONCE = 32;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final List<Identity> identities = new ArrayList<>();
    private final List<LoadStream> streams = new ArrayList<>();
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
            case "enrol" -> {
                var next = new AtomicInteger();
                yield many(() -> enrol(order, next)).map(done);
            }
            case "open" -> {
                opened += streams.isEmpty() ? 1 : 0;
                yield many(() -> open(order.getInteger("port"), order.getInteger("count")))
                        .map(done);
            }
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

    /** Does one after another, several at a time, until there is none. */
    private static Future<Void> many(Supplier<Optional<Future<?>>> next) {
        return Future.all(IntStream.range(0, AT_ONCE).mapToObj(lane -> one(next)).toList())
                .mapEmpty();
    }

    private static Future<Void> one(Supplier<Optional<Future<?>>> next) {
        return next.get()
                .map(begun -> begun.<Void>compose(done -> one(next)))
                .orElseGet(Future::succeededFuture);
    }

    private Optional<Future<?>> enrol(JsonObject order, AtomicInteger next) {
        var tokens = order.getJsonArray("tokens");
        var which = next.getAndIncrement();
        if (which >= tokens.size()) {
            return Optional.empty();
        }
        var address = SocketAddress.inetSocketAddress(order.getInteger("port"), "localhost");
        return Optional.of(
                new Enrolling(vertx, address, order.getString("ca"))
                        .enrol(
                                tokens.getString(which),
                                "bench-" + (order.getInteger("first") + which),
                                "bench")
                        .onSuccess(identities::add));
    }

    private Optional<Future<?>> open(int port, int count) {
        var which = streams.size();
        if (which >= count) {
            return Optional.empty();
        }
        var stream =
                new LoadStream(
                        vertx,
                        SocketAddress.inetSocketAddress(port, "localhost"),
                        identities.get(which),
                        "boot-" + opened + "-" + which,
                        new SampleSignals(Instant.now(), "node-" + which % 4),
                        this::onAcknowledged);
        streams.add(stream);
        return Optional.of(stream.open());
    }

    private Future<Void> close() {
        return Future.all(streams.stream().map(LoadStream::rest).toList())
                .compose(rested -> Future.join(streams.stream().map(LoadStream::close).toList()))
                .onComplete(closed -> streams.clear())
                .mapEmpty();
    }

    private void onAcknowledged(long nanos) {
        if (measuring && measured < MOST_LATENCIES) {
            latencies[measured++] = nanos;
        }
    }
}
