package dev.kestrel.simulator.api;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.node.LogFile;
import dev.kestrel.simulator.write.Refusal;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The answers that last: watches and followed logs. */
final class Streams {
    private static final long FOLLOW_MILLIS = 50;

    private final Vertx vertx;
    private final SimulatedCluster cluster;
    private final Duration bookmarks;
    private final Map<Sink, Runnable> open = new ConcurrentHashMap<>();

    Streams(Vertx vertx, SimulatedCluster cluster, Duration bookmarks) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.bookmarks = bookmarks;
    }

    /** Serves a watch over a WebSocket where the client asks for one, else as a long response. */
    void watch(HttpServerRequest request, Target target) {
        Pages.Filter.of(target);
        var context = vertx.getOrCreateContext();
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket().onSuccess(socket -> watch(Sinks.of(socket, context), target));
        } else {
            watch(Sinks.of(request, context, "application/json"), target);
        }
    }

    private void watch(Sink sink, Target target) {
        var stream = cluster.inside(inside -> WatchStream.open(inside, target, sink));
        long timer =
                vertx.setPeriodic(
                        bookmarks.toMillis(),
                        _ ->
                                cluster.inside(
                                        inside -> {
                                            stream.bookmark(inside.store().revision());
                                            return true;
                                        }));
        var timeout = target.parameter("timeoutSeconds");
        if (!timeout.isEmpty() && !timeout.equals("0")) {
            vertx.setTimer(Long.parseLong(timeout) * 1000, _ -> sink.end());
        }
        keep(
                sink,
                () -> {
                    vertx.cancelTimer(timer);
                    stream.close();
                });
    }

    private void keep(Sink sink, Runnable closed) {
        open.put(sink, closed);
        sink.onClosed(
                () -> {
                    open.remove(sink);
                    closed.run();
                });
    }

    /** Serves a log; a followed one ends when the container does. */
    void log(HttpServerRequest request, Target target) {
        var query = LogQuery.of(target, cluster.now());
        var file =
                cluster.inside(
                        inside -> {
                            var pod =
                                    inside.registry()
                                            .find(target.key())
                                            .orElseThrow(
                                                    () ->
                                                            Refusal.notFound(
                                                                    target.served(),
                                                                    target.name()));
                            return query.file(inside, pod);
                        });
        var context = vertx.getOrCreateContext();
        var sink = Sinks.of(request, context, "text/plain");
        long[] position = {0};
        cluster.inside(
                inside -> {
                    sink.send(query.text(query.first(file)));
                    position[0] = file.written();
                    return true;
                });
        if (!query.follow()) {
            sink.end();
            return;
        }
        long timer = vertx.setPeriodic(FOLLOW_MILLIS, _ -> more(sink, query, file, position));
        keep(sink, () -> vertx.cancelTimer(timer));
    }

    private void more(Sink sink, LogQuery query, LogFile file, long[] position) {
        var ended =
                cluster.inside(
                        inside -> {
                            var lines = file.from(position[0]);
                            position[0] = file.written();
                            if (!lines.isEmpty()) {
                                sink.send(query.text(lines));
                            }
                            return file.isClosed();
                        });
        if (ended) {
            sink.end();
        }
    }

    /** Cuts everything that is open. */
    void drop() {
        open.keySet().forEach(Sink::drop);
    }

    /** Says nothing more on what is open, and leaves it open. */
    void mute() {
        open.values().forEach(Runnable::run);
    }
}
