package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.engine.JournalQueue.Written;

import io.vertx.core.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The single owner of one cluster: puts every input into the journal, then gives it to the
 * reasoning, then publishes what follows. All calls come on one event loop.
 */
final class ClusterOwner {
    /** The answer to a word when the cluster's owner is just moving. */
    static final Topics.WordTaken MOVING =
            new Topics.WordTaken(false, "OWNER_CHANGED: say it again in a moment", 0);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterOwner.class);

    private final Ownership ownership;
    private final EngineConfig config;
    private final Ports ports;
    private final InstantSource clock;
    private final JournalQueue queue;
    private final Publisher publisher;
    private final GuardedReasoning reasoning;
    private StreamState state;
    private StreamState queued = StreamState.NONE;
    private Future<Written> onItsWay = Future.succeededFuture(new Written.Taken(List.of()));
    private long lastOffset;
    private Instant lastAt;
    private int sinceCheckpoint;
    private boolean checkpointing;

    /** A checkpoint's body. */
    record Saved(StreamState state, ClusterReasoning.Snapshot reasoning) {}

    ClusterOwner(
            Ownership ownership,
            EngineConfig config,
            Ports ports,
            Bus bus,
            Restored restored,
            InstantSource clock) {
        this.ownership = ownership;
        this.config = config;
        this.ports = ports;
        this.clock = clock;
        reasoning = restored.reasoning();
        state = restored.state();
        lastOffset = restored.offset();
        lastAt = restored.at();
        sinceCheckpoint = restored.replayed();
        publisher = new Publisher(bus, ports, ownership, this::onDeclined);
        queue =
                new JournalQueue(
                        ports.journal(),
                        ownership,
                        config.queueLimit(),
                        restored.offset(),
                        restored.at(),
                        this::take);
        publisher.keep(restored.effects());
        publisher.retry();
    }

    /** What a cluster's journal says, after it was read. */
    record Restored(
            GuardedReasoning reasoning,
            StreamState state,
            long offset,
            Instant at,
            int replayed,
            List<Effect> effects) {}

    Ownership ownership() {
        return ownership;
    }

    boolean isStopped() {
        return queue.isStopped();
    }

    Future<Topics.ClusterOwned> onStreamOpened(Topics.StreamOpened opened) {
        var input =
                new Input.StreamOpened(
                        opened.streamId(),
                        opened.bootId(),
                        opened.operatorVersion(),
                        opened.kubernetesVersion(),
                        opened.writeEnabled(),
                        opened.writeNamespaces(),
                        opened.writeKinds());
        return append(input)
                .map(
                        written ->
                                switch (written) {
                                    case Written.Taken _ -> resume(opened);
                                    case Written.Fenced _ ->
                                            new Topics.ClusterOwned(
                                                    false,
                                                    0,
                                                    "another node owns the cluster by now");
                                });
    }

    private Topics.ClusterOwned resume(Topics.StreamOpened opened) {
        var isSameBoot = state.bootId().equals(opened.bootId());
        var before = opened.firstHeldSequence() - 1;
        if (isSameBoot && before > known(opened.bootId())) {
            queued = state.accepted(opened.bootId(), before);
        }
        return new Topics.ClusterOwned(true, isSameBoot ? state.sequence() : 0, "");
    }

    private long known(String bootId) {
        return queued.bootId().equals(bootId) ? queued.sequence() : state.sequence();
    }

    /** The stream that was open when the owner before this one died is not there any more. */
    Future<Written> noteLostStream() {
        return state.streamId().isEmpty()
                ? Future.succeededFuture(new Written.Taken(List.of()))
                : append(new Input.StreamClosed(state.streamId(), false));
    }

    Future<Topics.Noted> onStreamClosed(Topics.StreamClosed closed) {
        return noted(append(new Input.StreamClosed(closed.streamId(), closed.silent())));
    }

    /**
     * A batch that is durable is only acknowledged again. One that is on its way there, because it
     * also came over a stream that broke, is acknowledged when it is: nothing else may follow that
     * would say so.
     */
    Future<Topics.BatchTaken> onBatch(Topics.BatchReceived received) {
        var batch = received.batch();
        if (!batch.bootId().equals(state.bootId())) {
            return Future.succeededFuture(new Topics.BatchTaken(false, 0));
        }
        var known = known(batch.bootId());
        if (batch.sequence() <= state.sequence()) {
            return Future.succeededFuture(new Topics.BatchTaken(true, state.sequence()));
        }
        if (batch.sequence() <= known) {
            return taken(onItsWay);
        }
        if (batch.sequence() > known + 1) {
            // What is missing went to an owner that is no more: the operator is to resume.
            return Future.succeededFuture(new Topics.BatchTaken(false, state.sequence()));
        }
        var appended =
                queue.append(
                        new Input.Telemetry(batch),
                        Journal.Kind.BATCH,
                        batch.bootId(),
                        batch.sequence(),
                        received.wire(),
                        clock.instant());
        if (!appended.failed()) {
            queued = state.accepted(batch.bootId(), batch.sequence());
            onItsWay = appended;
        }
        return taken(appended);
    }

    private Future<Topics.BatchTaken> taken(Future<Written> appended) {
        return appended.map(
                written ->
                        new Topics.BatchTaken(written instanceof Written.Taken, state.sequence()));
    }

    Future<Topics.Noted> onCommandEnded(Topics.CommandEnded ended) {
        return noted(append(new Input.CommandEnded(ended.commandId(), ended.outcome())));
    }

    private void onDeclined(String commandId, Dispatch.Declined declined) {
        append(
                new Input.CommandEnded(
                        commandId,
                        new Outcome.Refused(Outcome.Reason.MALFORMED, declined.why(), List.of())));
    }

    Future<Topics.WordTaken> onWord(Topics.WordGiven given) {
        return append(new Input.WordSpoken(given.incident(), given.word()))
                .map(
                        written ->
                                switch (written) {
                                    case Written.Taken taken -> answer(taken.effects());
                                    case Written.Fenced _ -> MOVING;
                                });
    }

    private static Topics.WordTaken answer(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.WordAnswered.class::isInstance)
                .map(Effect.WordAnswered.class::cast)
                .findFirst()
                .map(word -> new Topics.WordTaken(word.taken(), word.refusal(), word.revision()))
                .orElseThrow(() -> new IllegalStateException("a word without an answer"));
    }

    /** Stamped with this node's time: a sender's clock must not move the reasoning. */
    private Future<Written> append(Input input) {
        return queue.append(
                input,
                Journal.Kind.INPUT,
                "",
                0,
                SealedJson.write(new Said(input)),
                clock.instant());
    }

    /** Keeps the kind of the input in its JSON. */
    record Said(Input input) {}

    private static Future<Topics.Noted> noted(Future<Written> written) {
        return written.map(one -> new Topics.Noted(one instanceof Written.Taken));
    }

    private List<Effect> take(Input input, Entry entry) {
        state = state.after(input);
        var effects = reasoning.on(input, entry.receivedAt());
        publisher.publish(effects);
        sinceCheckpoint++;
        lastOffset = entry.offset();
        lastAt = entry.receivedAt();
        return effects;
    }

    /** Lets time pass, and saves a checkpoint when one is due and nothing is on its way. */
    void tick(Instant now) {
        publisher.retry();
        if (!queue.isIdle() || isStopped()) {
            return;
        }
        var time = queue.passTime(now);
        if (!reasoning.nextDue().isAfter(time)) {
            publisher.publish(reasoning.advance(time));
        }
        if (sinceCheckpoint >= config.checkpointEvery() && !checkpointing) {
            checkpoint();
        }
    }

    /**
     * Saves a checkpoint, unless something is still on its way: what it covers is dropped from the
     * journal.
     */
    Future<Void> checkpoint() {
        if (sinceCheckpoint == 0 || !publisher.isIdle() || !queue.isIdle()) {
            return Future.succeededFuture();
        }
        checkpointing = true;
        sinceCheckpoint = 0;
        var body = SealedJson.write(new Saved(state, reasoning.snapshot()));
        return Future.fromCompletionStage(
                        ports.journal()
                                .checkpoint(
                                        ownership,
                                        new Journal.Checkpoint(lastOffset, lastAt, body)))
                .onComplete(
                        saved -> {
                            checkpointing = false;
                            if (saved == Journal.Appended.FENCED) {
                                queue.stop();
                            }
                        },
                        failure -> {
                            checkpointing = false;
                            LOG.atWarn()
                                    .addKeyValue("cluster", ownership.cluster())
                                    .setCause(failure)
                                    .log("checkpoint not saved");
                        })
                .mapEmpty();
    }

    void stop() {
        queue.stop();
    }
}
