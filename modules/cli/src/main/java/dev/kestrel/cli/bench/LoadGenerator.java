package dev.kestrel.cli.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The operators of {@code bench gateway}, in a process of their own so that what they cost is not
 * taken for the server's. Takes orders as lines of JSON, each for one fleet, and answers each with
 * one line.
 */
final class LoadGenerator {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final Map<String, Fleet> fleets = new LinkedHashMap<>();

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

    /** An order that throws is answered like one that fails. */
    private JsonObject answer(JsonObject order) {
        var answer =
                Future.<JsonObject>future(
                        promise ->
                                vertx.getOrCreateContext()
                                        .runOnContext(
                                                go ->
                                                        Future.succeededFuture(order)
                                                                .compose(this::obey)
                                                                .onComplete(promise)));
        return answer.otherwise(
                        failure ->
                                new JsonObject()
                                        .put("failure", String.valueOf(failure.getMessage())))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Future<JsonObject> obey(JsonObject order) {
        var fleet =
                fleets.computeIfAbsent(order.getString("fleet"), name -> new Fleet(vertx, name));
        var done = new JsonObject();
        return switch (order.getString("do")) {
            case "enrol" -> fleet.enrol(order).map(done);
            case "connect" -> fleet.connect(order).map(done);
            case "reconnect" -> fleet.reconnect().map(done);
            case "open" -> fleet.open().map(done);
            case "send" -> {
                fleet.send(Sending.read(order));
                yield Future.succeededFuture(done);
            }
            case "begin" -> {
                fleet.begin(order.getString("phase"));
                yield Future.succeededFuture(done);
            }
            case "end" -> Future.succeededFuture(fleet.end().json());
            case "close" -> fleet.close().map(done);
            default -> Future.failedFuture("no such order: " + order);
        };
    }
}
