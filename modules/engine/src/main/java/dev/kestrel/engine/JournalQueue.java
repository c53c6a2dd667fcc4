package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Appends one cluster's inputs to the journal in order, all that wait in one write. What is durable
 * is passed on in the same order.
 */
final class JournalQueue {
    private final Journal journal;
    private final Ownership ownership;
    private final int limit;
    private final Next next;
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastOffset;
    private Instant lastAt;
    private boolean writing;
    private boolean stopped;

    /** An input is in the journal, or it is not: then another node owns the cluster. */
    sealed interface Written {
        /**
         * It is.
         *
         * @param concluded what the reasoning makes of it; fails when another node is to reason
         */
        record Durable(Future<List<Effect>> concluded) implements Written {}

        record Fenced() implements Written {}
    }

    /** Where it goes on. */
    interface Next {
        /**
         * An entry became durable.
         *
         * @param move what it makes of the stream's state
         */
        Future<List<Effect>> durable(Entry entry, UnaryOperator<StreamState> move);

        /** Nothing more becomes durable here. */
        void over();

        /** Inputs that are durable and still held in memory. */
        int held();
    }

    private record Waiting(
            Entry entry, UnaryOperator<StreamState> move, Promise<Written> written) {}

    /**
     * @param limit inputs in memory
     * @param lastOffset of the entry that the journal ends with
     */
    JournalQueue(
            Journal journal,
            Ownership ownership,
            int limit,
            long lastOffset,
            Instant lastAt,
            Next next) {
        this.journal = journal;
        this.ownership = ownership;
        this.limit = limit;
        this.lastOffset = lastOffset;
        this.lastAt = lastAt;
        this.next = next;
    }

    /**
     * While something waits, time must not pass for the reasoning: on a replay it would not pass
     * either.
     */
    boolean isIdle() {
        return waiting.isEmpty() && !writing;
    }

    /** Time never runs backwards in a journal. */
    Instant passTime(Instant now) {
        lastAt = now.isAfter(lastAt) ? now : lastAt;
        return lastAt;
    }

    /** An input of Kestrel's own; otherwise like {@link #appendBatch}. */
    Future<Written> append(byte[] body, UnaryOperator<StreamState> move, Instant now) {
        return append(
                new Entry(lastOffset + 1, passTime(now), Journal.Kind.INPUT, "", 0, body), move);
    }

    /**
     * A batch of an operator. Fails when the limit is reached or the journal cannot be written;
     * then it was not taken in.
     */
    Future<Written> appendBatch(String bootId, long sequence, byte[] body, Instant now) {
        return append(
                new Entry(
                        lastOffset + 1, passTime(now), Journal.Kind.BATCH, bootId, sequence, body),
                state -> state.accepted(bootId, sequence));
    }

    private Future<Written> append(Entry entry, UnaryOperator<StreamState> move) {
        if (stopped) {
            return Future.succeededFuture(new Written.Fenced());
        }
        if (waiting.size() + next.held() >= limit) {
            return Future.failedFuture(
                    "%d inputs of %s wait for the journal and for being reasoned about"
                            .formatted(limit, ownership.cluster()));
        }
        lastOffset = entry.offset();
        var written = Promise.<Written>promise();
        waiting.add(new Waiting(entry, move, written));
        write();
        return written.future();
    }

    private void write() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        var batch = List.copyOf(waiting);
        waiting.clear();
        Future.fromCompletionStage(
                        journal.append(ownership, batch.stream().map(Waiting::entry).toList()))
                .onComplete(
                        appended -> written(batch, appended), failure -> failed(batch, failure));
    }

    /** All of it is passed on before the first is answered: an answer may bring the next one. */
    private void written(List<Waiting> batch, Appended appended) {
        if (appended == Appended.FENCED) {
            stop();
            batch.forEach(one -> one.written().complete(new Written.Fenced()));
            return;
        }
        var durable =
                batch.stream()
                        .map(one -> new Written.Durable(next.durable(one.entry(), one.move())))
                        .toList();
        for (int i = 0; i < durable.size(); i++) {
            batch.get(i).written().complete(durable.get(i));
        }
        writing = false;
        write();
    }

    /**
     * It is not known what became durable: the owner gives up, and whoever claims next reads the
     * truth.
     */
    private void failed(List<Waiting> batch, Throwable failure) {
        stop();
        batch.forEach(one -> one.written().fail(failure));
    }

    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        writing = false;
        next.over();
        waiting.forEach(one -> one.written().complete(new Written.Fenced()));
        waiting.clear();
    }

    boolean isStopped() {
        return stopped;
    }
}
