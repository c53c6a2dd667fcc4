package dev.kestrel.simulator.api;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** The two kinds of {@link Sink}; both may be used from any thread. */
final class Sinks {
    private Sinks() {}

    static Sink of(ServerWebSocket socket, Context context) {
        return new Sink() {
            @Override
            public void send(String text) {
                context.runOnContext(
                        _ -> {
                            if (!socket.isClosed()) {
                                socket.writeTextMessage(text);
                            }
                        });
            }

            @Override
            public void end() {
                context.runOnContext(_ -> socket.close());
            }

            @Override
            public void drop() {
                end();
            }

            @Override
            public void onClosed(Runnable task) {
                socket.closeHandler(_ -> task.run());
            }
        };
    }

    static Sink of(HttpServerRequest request, Context context, String contentType) {
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", contentType);
        // The client waits for the head even when there is nothing to tell yet.
        response.writeHead();
        return new Sink() {
            @Override
            public void send(String text) {
                context.runOnContext(
                        _ -> {
                            if (!response.ended() && !response.closed()) {
                                response.write(text);
                            }
                        });
            }

            @Override
            public void end() {
                context.runOnContext(
                        _ -> {
                            if (!response.ended() && !response.closed()) {
                                response.end();
                            }
                        });
            }

            @Override
            public void drop() {
                context.runOnContext(_ -> request.connection().close());
            }

            @Override
            public void onClosed(Runnable task) {
                response.closeHandler(_ -> task.run());
                response.endHandler(_ -> task.run());
            }
        };
    }
}
