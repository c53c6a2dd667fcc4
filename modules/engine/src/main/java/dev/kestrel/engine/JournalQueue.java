package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Appends one cluster's inputs to the journal in order, all that wait in one write. An input is
 * taken in only after it is durable, and in the same order.
 */
final class JournalQueue {
    private final Journal journal;
    private final Ownership ownership;
    private final int limit;
    private final BiFunction<Input, Entry, List<Effect>> taken;
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastOffset;
    private Instant lastAt;
    private boolean writing;
    private boolean stopped;

    /** What was taken in, or that it was not: then another node owns the cluster. */
    sealed interface Written {
        record Taken(List<Effect> effects) implements Written {}

        record Fenced() implements Written {}
    }

    private record Waiting(Input input, Entry entry, Promise<Written> written) {}

    /**
     * @param taken called for each input once it is durable, in order
     */
    JournalQueue(
            Journal journal,
            Ownership ownership,
            int limit,
            long lastOffset,
            Instant lastAt,
            BiFunction<Input, Entry, List<Effect>> taken) {
        this.journal = journal;
        this.ownership = ownership;
        this.limit = limit;
        this.lastOffset = lastOffset;
        this.lastAt = lastAt;
        this.taken = taken;
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

    /**
     * Fails when the limit is reached or the journal cannot be written; then the input was not
     * taken in.
     */
    Future<Written> append(
            Input input,
            Journal.Kind kind,
            String bootId,
            long sequence,
            byte[] body,
            Instant now) {
        if (stopped) {
            return Future.succeededFuture(new Written.Fenced());
        }
        if (waiting.size() >= limit) {
            return Future.failedFuture(
                    "the journal of " + ownership.cluster() + " is " + limit + " inputs behind");
        }
        lastOffset++;
        var written = Promise.<Written>promise();
        waiting.add(
                new Waiting(
                        input,
                        new Entry(lastOffset, passTime(now), kind, bootId, sequence, body),
                        written));
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

    private void written(List<Waiting> batch, Appended appended) {
        switch (appended) {
            case DURABLE -> {
                for (var one : batch) {
                    one.written()
                            .complete(new Written.Taken(taken.apply(one.input(), one.entry())));
                }
                writing = false;
                write();
            }
            case FENCED -> {
                stop();
                batch.forEach(one -> one.written().complete(new Written.Fenced()));
            }
        }
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
        stopped = true;
        writing = false;
        waiting.forEach(one -> one.written().complete(new Written.Fenced()));
        waiting.clear();
    }

    boolean isStopped() {
        return stopped;
    }
}
