package dev.kestrel.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * How much of one cluster's journal is not reasoned about yet. While it is more than the limit,
 * acknowledgements are held back; the operator's credit then runs out, and it waits.
 */
final class Backlog {
    private final int limit;
    private final EngineMetrics metrics;
    private final Queue<Promise<Void>> held = new ArrayDeque<>();
    private int size;

    /**
     * @param limit entries
     */
    Backlog(int limit, EngineMetrics metrics) {
        this.limit = limit;
        this.metrics = metrics;
    }

    int size() {
        return size;
    }

    void grew(int entries) {
        size += entries;
        metrics.backlog(entries);
    }

    void shrank(int entries) {
        size -= entries;
        metrics.backlog(-entries);
        while (size <= limit && !held.isEmpty()) {
            held.remove().complete();
        }
    }

    /** Completes once no more than the limit is left, in the order of the calls. */
    Future<Void> room() {
        if (size <= limit) {
            return Future.succeededFuture();
        }
        metrics.backlogFull();
        var room = Promise.<Void>promise();
        held.add(room);
        return room.future();
    }

    /** Nothing is reasoned any more here: what is durable is said to be. */
    void drop() {
        shrank(size);
    }
}
