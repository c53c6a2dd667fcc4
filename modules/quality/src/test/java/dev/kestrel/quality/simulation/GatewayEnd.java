package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.call.Calls;
import dev.kestrel.gateway.identity.Connections;
import dev.kestrel.gateway.identity.Peer;
import dev.kestrel.gateway.session.Surroundings;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The cloud's end of one stream: the gateway itself, down to how it cuts frames, on an HTTP/2
 * stream that the simulation plays.
 */
final class GatewayEnd {
    private static final int MESSAGE_BYTES = 1 << 20;
    private static final int HEAD_BYTES = 5;

    private final String method;
    private final Consumer<byte[]> down;
    private final Runnable ended;
    private final Deque<Buffer> arrived = new ArrayDeque<>();
    private final Map<String, Handler<@Nullable Object>> request = new TreeMap<>();
    private final Map<String, Handler<@Nullable Object>> response = new TreeMap<>();
    private boolean paused;
    private boolean closed;

    /**
     * @param method of the call, with its service
     * @param serve what the gateway does with it
     * @param ended told when the gateway ends the stream
     */
    GatewayEnd(
            String method,
            Surroundings around,
            ClusterRef cluster,
            BiConsumer<Connections.Held, Call> serve,
            Consumer<byte[]> down,
            Runnable ended) {
        this.method = method;
        this.down = down;
        this.ended = ended;
        var connection = Stand.in(HttpConnection.class, GatewayEnd::connection);
        var held =
                new Connections().hold(new Peer(cluster, "1", Instant.MAX), connection, () -> {});
        new Calls(around.vertx(), MESSAGE_BYTES)
                .stream(method, call -> serve.accept(held, call)).handle(request(connection));
    }

    /** A message arrives, whether or not it is read now. */
    void hear(byte[] bytes) {
        arrived.add(
                Buffer.buffer(HEAD_BYTES + bytes.length)
                        .appendByte((byte) 0)
                        .appendInt(bytes.length)
                        .appendBytes(bytes));
        flow();
    }

    /** The operator says nothing more, and still listens. */
    void halfClosed() {
        if (!closed) {
            tell(request, "endHandler", null);
        }
    }

    /** The stream is gone, as this side sees it. */
    void closed() {
        if (!closed) {
            closed = true;
            tell(response, "closeHandler", null);
        }
    }

    private void flow() {
        while (!paused && !closed && !arrived.isEmpty()) {
            tell(request, "handler", arrived.remove());
        }
    }

    private HttpServerRequest request(HttpConnection connection) {
        var answer = Stand.in(HttpServerResponse.class, this::response);
        return Stand.in(
                HttpServerRequest.class,
                (self, method, arguments) ->
                        switch (method) {
                            case "version" -> HttpVersion.HTTP_2;
                            case "method" -> HttpMethod.POST;
                            case "path" -> "/" + this.method;
                            case "getHeader" ->
                                    arguments[0].equals("content-type") ? "application/grpc" : null;
                            case "connection" -> connection;
                            case "response" -> answer;
                            case "pause" -> {
                                paused = true;
                                yield self;
                            }
                            case "resume" -> {
                                paused = false;
                                flow();
                                yield self;
                            }
                            default -> keep(request, method, arguments, self);
                        });
    }

    private @Nullable Object response(Object self, String method, Object[] arguments) {
        return switch (method) {
            case "headWritten" -> true;
            case "writeQueueFull" -> false;
            case "reset" -> Future.succeededFuture();
            case "trailers" -> MultiMap.caseInsensitiveMultiMap();
            case "setWriteQueueMaxSize", "putHeader" -> self;
            case "write" -> {
                say((Buffer) arguments[0]);
                yield Future.succeededFuture();
            }
            case "end" -> {
                ended.run();
                yield Future.succeededFuture();
            }
            default -> keep(response, method, arguments, self);
        };
    }

    private void say(Buffer frame) {
        down.accept(frame.getBytes(HEAD_BYTES, frame.length()));
    }

    @SuppressWarnings("unchecked")
    private static Object keep(
            Map<String, Handler<@Nullable Object>> handlers,
            String method,
            Object[] arguments,
            Object self) {
        if (!method.toLowerCase(Locale.ROOT).endsWith("handler")) {
            throw new UnsupportedOperationException(method);
        }
        handlers.put(method, (Handler<@Nullable Object>) arguments[0]);
        return self;
    }

    private static void tell(
            Map<String, Handler<@Nullable Object>> handlers, String name, @Nullable Object event) {
        var handler = handlers.get(name);
        if (handler != null) {
            handler.handle(event);
        }
    }

    /** Shut down, it takes no new stream, and those under way go on. */
    private static Object connection(Object self, String method, Object[] arguments) {
        return switch (method) {
            case "closeHandler" -> self;
            case "shutdown" -> Future.succeededFuture();
            default -> throw new UnsupportedOperationException(method);
        };
    }
}
