package dev.kestrel.api.live;

import static dev.kestrel.testkit.Awaited.await;

import dev.kestrel.api.Site;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A dashboard's end of the live feed, for tests. */
final class Feed {
    /**
     * Held for as long as the tests run: a client nobody refers to is closed when it is collected.
     */
    private static final WebSocketClient CLIENT = Site.vertx().createWebSocketClient();

    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private Feed(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
        socket.closeHandler(
                _ ->
                        closed.complete(
                                socket.closeStatusCode() == null
                                        ? 0
                                        : (int) socket.closeStatusCode()));
        socket.exceptionHandler(_ -> {});
        socket.resume();
    }

    static Feed open(Site site) {
        return open(site, List.of());
    }

    static Feed open(Site site, List<String> origin) {
        var options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(site.port())
                        .setURI("/api/v1/live");
        origin.forEach(it -> options.addHeader("Origin", it));
        return new Feed(
                await(CLIENT.connect(options).onSuccess(WebSocket::pause).toCompletionStage()));
    }

    void say(JsonObject message) {
        await(socket.writeTextMessage(message.encode()).toCompletionStage());
    }

    void hello(String token) {
        say(new JsonObject().put("is", "hello").put("token", token));
    }

    void hello(String token, JsonObject revisions) {
        say(new JsonObject().put("is", "hello").put("token", token).put("revisions", revisions));
    }

    JsonObject next() {
        try {
            var next = heard.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("nothing came on the feed within 20 s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int closeCode() {
        return await(closed);
    }

    WebSocket socket() {
        return socket;
    }
}
