package dev.kestrel.operator.link;

import dev.kestrel.protocol.WireTime;
import dev.kestrel.protocol.wire.v1.BatchRefused;
import dev.kestrel.protocol.wire.v1.Heartbeat;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;
import dev.kestrel.protocol.wire.v1.Welcome;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the cloud what was seen: sends batches as long as it has credit, drops them when they are
 * durable, and after a reconnect goes on where the cloud says.
 */
final class TelemetryConversation implements Conversation<TelemetryUp, TelemetryDown> {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryConversation.class);

    private final Hello hello;
    private final Outbox outbox;
    private final Snapshots snapshots;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Context context;
    private final Duration batchDelay;

    private Optional<Speaker<TelemetryUp>> speaker = Optional.empty();
    private boolean welcomed;
    private long credit;
    private long sentUpTo;
    private boolean flowDue;
    private final AtomicBoolean woken = new AtomicBoolean();

    TelemetryConversation(
            Hello hello,
            Outbox outbox,
            Snapshots snapshots,
            InstantSource clock,
            Vertx vertx,
            Context context,
            Duration batchDelay) {
        this.hello = hello;
        this.outbox = outbox;
        this.snapshots = snapshots;
        this.clock = clock;
        this.vertx = vertx;
        this.context = context;
        this.batchDelay = batchDelay;
        outbox.onArrival(this::arrived);
    }

    @Override
    public void onOpen(Speaker<TelemetryUp> opened) {
        speaker = Optional.of(opened);
        welcomed = false;
        var now = hello.toBuilder().setFirstHeldSequence(outbox.firstHeld());
        opened.say(TelemetryUp.newBuilder().setHello(now).build());
    }

    @Override
    public void onMessage(TelemetryDown message) {
        switch (message.getBodyCase()) {
            case WELCOME -> onWelcome(message.getWelcome());
            case ACK -> onAcknowledged(message.getAck().getSequence());
            case CREDIT -> credit = message.getCredit().getBatches();
            case BATCH_REFUSED -> onRefused(message.getBatchRefused());
            case DRAIN ->
                    speaker.ifPresent(
                            open ->
                                    open.leaveWithin(
                                            Duration.ofMillis(
                                                    message.getDrain().getWithinMillis())));
            case HEARTBEAT, BODY_NOT_SET -> {
                // Being heard from is all that it is for.
            }
        }
        flowSoon();
    }

    private void onWelcome(Welcome welcome) {
        // A cloud that knows less than it once acknowledged has a new owner that starts from
        // nothing.
        var forgotten = welcome.getResumeAfter() < outbox.acknowledged();
        LOG.atInfo()
                .addKeyValue("resume_after", welcome.getResumeAfter())
                .addKeyValue("credit", welcome.getCredit())
                .addKeyValue("forgotten", forgotten)
                .log("telemetry stream open");
        if (!forgotten) {
            outbox.acknowledge(welcome.getResumeAfter());
        }
        sentUpTo = Math.max(welcome.getResumeAfter(), outbox.acknowledged());
        credit = welcome.getCredit();
        welcomed = true;
        speaker.ifPresent(Speaker::settled);
        if (forgotten) {
            snapshots.tellAll();
        }
    }

    private void onAcknowledged(long sequence) {
        if (sequence > sentUpTo) {
            LOG.atWarn()
                    .addKeyValue("sequence", sequence)
                    .log("acknowledgement of a batch that was not sent is ignored");
            return;
        }
        outbox.acknowledge(sequence);
        outbox.takeLostKinds().forEach(snapshots::tell);
    }

    /** The stream ends after it; on the next one, what says what was lost goes in its place. */
    private void onRefused(BatchRefused refused) {
        LOG.atError()
                .addKeyValue("sequence", refused.getSequence())
                .addKeyValue("reason", refused.getReason())
                .addKeyValue("signals_lost", outbox.refused(refused.getSequence()))
                .log("the cloud does not take a batch; its signals are told as shed");
    }

    @Override
    public void onRoom() {
        flow();
    }

    @Override
    public void onClosed() {
        speaker = Optional.empty();
        welcomed = false;
    }

    @Override
    public TelemetryUp heartbeat() {
        return TelemetryUp.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setAt(WireTime.wire(clock.instant())))
                .build();
    }

    /** On the thread of a source; a burst of signals wakes the event loop once. */
    private void arrived() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(
                    ignored -> {
                        woken.set(false);
                        flowSoon();
                    });
        }
    }

    /** Sends at once what is due, and looks again when the rest will be. */
    private void flowSoon() {
        flow();
        if (!flowDue && welcomed && outbox.hasWaiting()) {
            flowDue = true;
            vertx.setTimer(
                    Math.max(1, batchDelay.toMillis()),
                    ignored -> {
                        flowDue = false;
                        flowSoon();
                    });
        }
    }

    private void flow() {
        while (welcomed
                && sentUpTo - outbox.acknowledged() < credit
                && speaker.filter(open -> !open.isFull()).isPresent()) {
            var batch = outbox.nextAfter(sentUpTo);
            if (batch.isEmpty()) {
                return;
            }
            sentUpTo = batch.get().getSequence();
            var message = TelemetryUp.newBuilder().setBatch(batch.get()).build();
            speaker.ifPresent(open -> open.say(message));
        }
    }

    /** Has objects told again. */
    interface Snapshots {
        void tellAll();

        void tell(String kind);
    }
}
