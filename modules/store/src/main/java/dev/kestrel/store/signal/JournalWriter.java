package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.StoreMetrics;
import dev.kestrel.store.postgres.Database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;

/**
 * Commits the appends of many clusters together: while one commit is under way, what arrives waits,
 * and all of it goes into the next. Safe to call from any thread.
 */
public final class JournalWriter {
    private static final long[] RETRY_AFTER_MS = {20, 50, 100, 200, 500, 1000};

    private final Vertx vertx;
    private final JournalInsert insert;
    private final RefusedAppend refused;
    private final StoreMetrics metrics;
    private final int waitingAtMost;
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private int waitingEntries;
    private boolean writing;

    /**
     * One per database and process.
     *
     * @param waitingAtMost entries; beyond that appends fail
     */
    public JournalWriter(Vertx vertx, Database database, StoreMetrics metrics, int waitingAtMost) {
        this.vertx = vertx;
        this.insert = new JournalInsert(database);
        this.refused = new RefusedAppend(database);
        this.metrics = metrics;
        this.waitingAtMost = waitingAtMost;
    }

    Future<Appended> append(Ownership ownership, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture(Appended.DURABLE);
        }
        var append = new Pending(ownership, List.copyOf(entries), Promise.promise());
        if (append.hasGap()) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "offsets of one append follow each other, but these are %d entries from %d to %d"
                                    .formatted(entries.size(), append.first(), append.last())));
        }
        if (!enqueue(append)) {
            metrics.journalQueueFull();
            return Future.failedFuture(
                    new IllegalStateException(
                            "%d journal entries wait for the database already: send again later"
                                    .formatted(waitingAtMost)));
        }
        writeNext();
        return append.answer().future();
    }

    private synchronized boolean enqueue(Pending append) {
        if (waitingEntries + append.entries().size() > waitingAtMost) {
            return false;
        }
        waitingEntries += append.entries().size();
        return waiting.add(append);
    }

    private void writeNext() {
        AppendGroup group;
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            group = AppendGroup.takeFrom(waiting);
            waitingEntries -= group.size();
        }
        write(group, 0)
                .eventually(
                        () -> {
                            synchronized (this) {
                                writing = false;
                            }
                            writeNext();
                            return Future.succeededFuture();
                        });
    }

    /** Completes, never fails, once every append of the group has its answer. */
    private Future<Void> write(AppendGroup group, int attempt) {
        var start = System.nanoTime();
        return insert.write(group)
                .onSuccess(_ -> metrics.journalCommitted(group.size(), System.nanoTime() - start))
                .transform(
                        result ->
                                result.succeeded()
                                        ? answer(group, result.result(), attempt)
                                        : failed(group, result.cause(), attempt));
    }

    private Future<Void> answer(AppendGroup group, Set<ClusterRef> written, int attempt) {
        Future<Void> done = Future.succeededFuture();
        for (var run : group.runs().entrySet()) {
            if (written.contains(run.getKey())) {
                run.getValue().forEach(append -> append.answer().complete(Appended.DURABLE));
            } else {
                done = done.compose(_ -> settle(run.getValue(), attempt));
            }
        }
        return done;
    }

    /**
     * What the server refuses as a group may be one cluster's fault: each is tried alone. A broken
     * connection is nobody's: the group is tried again, which is harmless where it was written.
     */
    private Future<Void> failed(AppendGroup group, Throwable failure, int attempt) {
        if (isRefused(failure)) {
            return group.isAlone() ? fail(group, failure) : oneByOne(group.appends(), attempt);
        }
        if (attempt == RETRY_AFTER_MS.length) {
            return fail(group, failure);
        }
        metrics.journalRetried();
        return vertx.timer(RETRY_AFTER_MS[attempt]).compose(_ -> write(group, attempt + 1));
    }

    /** Classes 57 and 08: the server is shutting down, or the connection is gone. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof PgException refused
                && !refused.getSqlState().startsWith("57")
                && !refused.getSqlState().startsWith("08");
    }

    private static Future<Void> fail(AppendGroup group, Throwable failure) {
        group.appends().forEach(append -> append.answer().tryFail(failure));
        return Future.succeededFuture();
    }

    private Future<Void> settle(List<Pending> run, int attempt) {
        if (run.size() > 1) {
            return oneByOne(run, attempt);
        }
        var append = run.getFirst();
        return refused.explain(append)
                .onSuccess(append.answer()::complete)
                .transform(
                        result ->
                                result.succeeded()
                                        ? Future.succeededFuture()
                                        : explainLater(append, result.cause(), attempt));
    }

    /** Our own verdict on a gap is final; a broken connection is not. */
    private Future<Void> explainLater(Pending append, Throwable failure, int attempt) {
        var alone = AppendGroup.of(append);
        return failure instanceof IllegalStateException
                ? fail(alone, failure)
                : failed(alone, failure, attempt);
    }

    private Future<Void> oneByOne(List<Pending> appends, int attempt) {
        Future<Void> done = Future.succeededFuture();
        for (var append : appends) {
            done = done.compose(_ -> write(AppendGroup.of(append), attempt));
        }
        return done;
    }
}
