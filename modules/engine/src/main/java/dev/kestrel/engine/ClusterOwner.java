package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.engine.JournalQueue.Written;
import dev.kestrel.engine.Restorer.Restored;

import io.vertx.core.Future;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The single owner of one cluster: puts every input into the journal, answers once it is durable,
 * and has it reasoned about in the same order. All calls come on one event loop.
 */
final class ClusterOwner {
    /** The answer to a word when the cluster's owner is just moving. */
    static final Topics.WordTaken MOVING =
            new Topics.WordTaken(false, "OWNER_CHANGED: say it again in a moment", 0);

    private static final Future<Written> NOTHING =
            Future.succeededFuture(new Written.Durable(Future.succeededFuture(List.of())));

    private final Ownership ownership;
    private final InstantSource clock;
    private final Backlog backlog;
    private final JournalQueue queue;
    private final Reasoner reasoner;
    private final int checkpointEvery;
    private StreamState state;
    private StreamState queued = StreamState.NONE;
    private Future<Written> onItsWay;

    ClusterOwner(
            Ownership ownership,
            EngineConfig config,
            Ports ports,
            Bus bus,
            Restored restored,
            InstantSource clock,
            EngineMetrics metrics) {
        this.ownership = ownership;
        this.clock = clock;
        checkpointEvery = config.checkpointEvery();
        state = restored.state();
        backlog = new Backlog(config.backlogLimit(), metrics);
        queue =
                new JournalQueue(
                        ports.journal(),
                        ownership,
                        config.queueLimit(),
                        restored.offset(),
                        restored.at(),
                        new Durable());
        reasoner =
                new Reasoner(
                        ownership,
                        ports.journal(),
                        restored,
                        new Publisher(bus, ports, ownership, this::onDeclined),
                        backlog,
                        metrics,
                        queue::stop);
        onItsWay = NOTHING;
    }

    /** What is durable moves the stream on, and goes to the reasoning. */
    private final class Durable implements JournalQueue.Next {
        @Override
        public Future<List<Effect>> durable(Entry entry, UnaryOperator<StreamState> move) {
            state = move.apply(state);
            return reasoner.take(entry);
        }

        @Override
        public void over() {
            reasoner.close();
        }

        @Override
        public int held() {
            return backlog.size();
        }
    }

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
                                    case Written.Durable _ -> resume(opened);
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
                ? NOTHING
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
        if (!received.bootId().equals(state.bootId())) {
            return Future.succeededFuture(new Topics.BatchTaken(false, 0));
        }
        var known = known(received.bootId());
        if (received.sequence() <= state.sequence()) {
            return Future.succeededFuture(new Topics.BatchTaken(true, state.sequence()));
        }
        if (received.sequence() <= known) {
            return taken(onItsWay);
        }
        if (received.sequence() > known + 1) {
            // What is missing went to an owner that is no more: the operator is to resume.
            return Future.succeededFuture(new Topics.BatchTaken(false, state.sequence()));
        }
        var appended =
                queue.appendBatch(
                        received.bootId(), received.sequence(), received.wire(), clock.instant());
        if (!appended.failed()) {
            queued = state.accepted(received.bootId(), received.sequence());
            onItsWay = appended;
        }
        return taken(appended);
    }

    /**
     * While too much is to be reasoned about, what is durable is not said to be: that slows the
     * operator.
     */
    private Future<Topics.BatchTaken> taken(Future<Written> appended) {
        return appended.compose(
                written ->
                        switch (written) {
                            case Written.Durable _ ->
                                    backlog.room()
                                            .map(
                                                    room ->
                                                            new Topics.BatchTaken(
                                                                    true, state.sequence()));
                            case Written.Fenced _ ->
                                    Future.succeededFuture(
                                            new Topics.BatchTaken(false, state.sequence()));
                        });
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
                .compose(
                        written ->
                                switch (written) {
                                    case Written.Durable durable ->
                                            durable.concluded()
                                                    .map(ClusterOwner::answer)
                                                    .otherwise(MOVING);
                                    case Written.Fenced _ -> Future.succeededFuture(MOVING);
                                });
    }

    private static Topics.WordTaken answer(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.WordAnswered.class::isInstance)
                .map(Effect.WordAnswered.class::cast)
                .findFirst()
                .map(word -> new Topics.WordTaken(word.taken(), word.refusal(), word.revision()))
                .orElseGet(() -> new Topics.WordTaken(false, "FAILED: see the log of the node", 0));
    }

    /** Stamped with this node's time: a sender's clock must not move the reasoning. */
    private Future<Written> append(Input input) {
        return queue.append(Mind.write(input), state -> state.after(input), clock.instant());
    }

    private static Future<Topics.Noted> noted(Future<Written> written) {
        return written.map(one -> new Topics.Noted(one instanceof Written.Durable));
    }

    /** Lets time pass when a timer waits for it, and saves a checkpoint when one is due. */
    void tick(Instant now) {
        if (isStopped()) {
            return;
        }
        if (queue.isIdle() && reasoner.waitsFor(now)) {
            append(new Input.TimePassed());
        }
        reasoner.tick(checkpointEvery);
    }

    /** Saves what was concluded, once everything durable is. */
    Future<Void> checkpoint() {
        return reasoner.checkpoint();
    }

    void stop() {
        queue.stop();
    }
}
