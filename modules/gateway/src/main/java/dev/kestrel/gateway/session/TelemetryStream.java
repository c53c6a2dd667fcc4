package dev.kestrel.gateway.session;

import com.google.protobuf.MessageLite;

import dev.kestrel.bus.Topics.ClusterOwned;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.identity.Connections.Held;
import dev.kestrel.gateway.limit.GatewayMetrics.BatchFate;
import dev.kestrel.gateway.limit.GatewayMetrics.Ended;
import dev.kestrel.gateway.limit.GatewayMetrics.Limit;
import dev.kestrel.gateway.session.OperatorSession.Move;
import dev.kestrel.gateway.session.OperatorSession.Step;
import dev.kestrel.gateway.session.ReadGate.Hold;
import dev.kestrel.protocol.Downward;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.Upward;
import dev.kestrel.protocol.WireBatch;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.protocol.wire.v1.Hello;

import io.vertx.grpc.common.GrpcStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * One telemetry stream: reads what the operator sends, asks the cluster's owner, and says how far
 * the journal is. What is decided about the order is {@link OperatorSession}'s.
 */
public final class TelemetryStream {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryStream.class);

    private final Surroundings around;
    private final Call call;
    private final ClusterRef cluster;
    private final Owner owner;
    private final Pulse pulse;
    private final ReadGate gate;
    private final Newest.Stream place;
    private Phase phase = Phase.GREETING;
    private OperatorSession session = OperatorSession.resume(0, 0);
    private String bootId = "";
    private byte[] boot = {};
    private Ended reason = Ended.BROKEN;
    private boolean acknowledgementOwed;
    private boolean leaving;

    private TelemetryStream(Surroundings around, Held held, Call call) {
        this.around = around;
        this.call = call;
        this.cluster = held.peer().cluster();
        this.owner = Owner.of(cluster, around);
        this.place = new Newest.Stream(around.vertx().getOrCreateContext(), this::giveWay);
        this.pulse =
                Pulse.start(
                        around.vertx(), around.clock(), around.config(), this::beat, this::silent);
        this.gate = new ReadGate(around, call, pulse);
    }

    private enum Phase {
        GREETING,
        OPENING,
        OPEN
    }

    /** Serves a stream of a peer whose certificate still holds. */
    public static TelemetryStream serve(Surroundings around, Held held, Call call) {
        var stream = new TelemetryStream(around, held, call);
        around.metrics().telemetryStreams().incrementAndGet();
        call.onMessage(stream::onMessage);
        call.onDrain(stream::onDrain);
        call.onHalfClose(stream::onHalfClose);
        call.onEnd(stream::onEnd);
        return stream;
    }

    /**
     * Asks the operator to leave for another node. Its connection takes no further call, so that it
     * does not come back over it; what is open goes on.
     */
    public void drain() {
        if (!call.isEnded()) {
            var within = around.config().drain();
            reason = Ended.DRAINED;
            call.send(Downward.drain(within));
            call.connection().shutdown(within.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Nothing more comes or goes. */
    public boolean isEnded() {
        return call.isEnded();
    }

    private void onMessage(byte[] bytes) {
        var now = around.clock().instant();
        pulse.heard(now);
        // Whatever it is, duplicates and signs of life as well: it took our time.
        gate.holdFor(around.bytes().of(cluster).take(ReadGate.cost(bytes), now));
        try {
            switch (Upward.read(bytes)) {
                case Upward.Hello(var hello) -> greet(hello, now);
                case Upward.Batch(var batch) -> onBatch(batch, now);
                case Upward.Heartbeat() -> {}
            }
        } catch (Malformed e) {
            malformed(e);
        }
    }

    private void greet(Hello hello, Instant now) {
        if (phase != Phase.GREETING) {
            throw new Malformed(Malformed.Reason.UNKNOWN, "Hello comes once");
        }
        phase = Phase.OPENING;
        bootId = hello.getBootId();
        boot = WireSignalCodec.boot(bootId);
        around.telemetry().announce(cluster, place);
        gate.hold(Hold.OPENING);
        owner.open(hello, now).onSuccess(owned -> onOwned(owned, hello.getFirstHeldSequence()));
    }

    private void onOwned(ClusterOwned answer, long firstHeld) {
        if (!answer.owned()) {
            leave(answer.why());
            return;
        }
        phase = Phase.OPEN;
        session = OperatorSession.resume(answer.resumeAfter(), firstHeld);
        send(
                Downward.welcome(
                        answer.resumeAfter(),
                        around.config().creditBatches(),
                        around.clock().instant()));
        LOG.atInfo()
                .addKeyValue("cluster", cluster)
                .addKeyValue("stream", owner.streamId())
                .addKeyValue("boot", bootId)
                .addKeyValue("resumeAfter", answer.resumeAfter())
                .log("telemetry stream opened");
        gate.release(Hold.OPENING);
    }

    private void onBatch(byte[] bytes, Instant now) {
        if (phase != Phase.OPEN) {
            throw new Malformed(Malformed.Reason.UNKNOWN, "Hello must come first");
        }
        var batch = opened(bytes);
        var step = session.received(batch.sequence());
        session = step.next();
        switch (step.move()) {
            case Move.HandOver() -> handOver(batch, bytes, now);
            case Move.Acknowledge(var sequence) -> {
                around.metrics().batch(BatchFate.DUPLICATE);
                acknowledge(sequence);
            }
            case Move.Refuse(var why) -> {
                around.metrics().batch(BatchFate.REFUSED);
                end(Ended.OUT_OF_ORDER, GrpcStatus.INVALID_ARGUMENT, why);
            }
            case Move.Leave(var why) -> leave(why);
        }
    }

    /** Sent again it would be refused again: the operator is told which one it is. */
    private WireBatch opened(byte[] bytes) {
        try {
            return WireBatch.open(bytes);
        } catch (Malformed e) {
            send(Downward.refusal(session.accepted() + 1, e.reason()));
            throw e;
        }
    }

    private void handOver(WireBatch batch, byte[] bytes, Instant now) {
        var signals = batch.signals().size();
        around.metrics().batch(BatchFate.HANDED_OVER);
        around.metrics().signalsReceived(signals);
        gate.holdWhile(isCreditUsed(), Limit.CREDIT);
        gate.holdFor(around.signals().of(cluster).take(signals, now));
        owner.take(bootId, batch.sequence(), WireSignalCodec.forJournal(bytes, boot), now)
                .onSuccess(decision -> onAnswer(decision.apply(session), now));
    }

    private void onAnswer(Step step, Instant receivedAt) {
        session = step.next();
        switch (step.move()) {
            case Move.Acknowledge(var sequence) -> {
                var now = around.clock().instant();
                around.metrics().acknowledged(Duration.between(receivedAt, now));
                acknowledge(sequence);
            }
            case Move.Leave(var why) -> leave(why);
            case Move.HandOver() -> throw new IllegalStateException("an answer is no batch");
            case Move.Refuse(var why) -> throw new IllegalStateException(why);
        }
        gate.holdWhile(isCreditUsed(), Limit.CREDIT);
        leaveWhenAllIsAnswered();
    }

    /** The operator leaves; what is under way is still answered, so that it need not be resent. */
    private void onHalfClose() {
        leaving = true;
        leaveWhenAllIsAnswered();
    }

    private void leaveWhenAllIsAnswered() {
        if (leaving && session.unanswered() == 0) {
            end(Ended.LEFT, GrpcStatus.OK, "");
        }
    }

    private boolean isCreditUsed() {
        return session.unanswered() >= around.config().creditBatches();
    }

    private void acknowledge(long sequence) {
        if (call.isFull()) {
            // Acknowledgements are cumulative, so the one sent later says it all.
            around.metrics().hit(Limit.WRITE_QUEUE);
            acknowledgementOwed = true;
        } else {
            send(Downward.acknowledgement(sequence));
        }
    }

    private void onDrain() {
        if (acknowledgementOwed) {
            acknowledgementOwed = false;
            acknowledge(session.durable());
        }
    }

    private void giveWay(Newest.Why why) {
        switch (why) {
            case REPLACED -> end(Ended.REPLACED, GrpcStatus.ABORTED, "a newer stream took over");
            case OWNER_GONE -> leave("the cluster has another owner by now");
        }
    }

    private void beat() {
        if (!call.isFull()) {
            send(Downward.heartbeat(around.clock().instant()));
        }
    }

    private void send(MessageLite message) {
        if (!call.isEnded()) {
            call.send(message);
        }
    }

    private void silent() {
        around.metrics().hit(Limit.SILENCE);
        end(
                Ended.SILENT,
                GrpcStatus.UNAVAILABLE,
                "nothing was heard for " + around.config().silence());
    }

    private void leave(String why) {
        end(Ended.OWNER_GONE, GrpcStatus.UNAVAILABLE, why);
    }

    private void malformed(Malformed e) {
        around.metrics().batch(BatchFate.REFUSED);
        end(Ended.MALFORMED, EndReasons.status(e), String.valueOf(e.getMessage()));
    }

    private void end(Ended why, GrpcStatus status, String text) {
        if (!call.isEnded()) {
            reason = reason == Ended.DRAINED ? reason : why;
            call.finish(status, text);
        }
    }

    private void onEnd(Call.Ending ending) {
        pulse.stop();
        around.telemetry().forget(cluster, place);
        around.metrics().telemetryStreams().decrementAndGet();
        var why = EndReasons.of(ending, reason);
        around.metrics().ended(why);
        LOG.atInfo()
                .addKeyValue("cluster", cluster)
                .addKeyValue("stream", owner.streamId())
                .addKeyValue("reason", why)
                .log("telemetry stream ended");
        if (phase != Phase.GREETING) {
            owner.closed(why == Ended.SILENT, around.clock().instant());
        }
    }
}
