package dev.kestrel.operator.link;

import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The operator's own end of a stream, with the wire given by a simulation.
 *
 * @param <Q> messages up
 * @param <R> messages down
 */
public final class OperatorEnd<Q, R> {
    private static final Duration BATCH_DELAY = Duration.ofMillis(100);

    private final Conversation<Q, R> conversation;
    private final Consumer<Duration> leave;
    private Consumer<Q> speaker = OperatorEnd::unheard;

    private OperatorEnd(Conversation<Q, R> conversation, Consumer<Duration> leave) {
        this.conversation = conversation;
        this.leave = leave;
    }

    /**
     * The telemetry stream's.
     *
     * @param tellAll called when the cloud forgot what it knew
     * @param leave called when the cloud asks to be left within a time
     */
    public static OperatorEnd<TelemetryUp, TelemetryDown> telemetry(
            Hello hello,
            Outbox outbox,
            InstantSource clock,
            Vertx vertx,
            Context context,
            Runnable tellAll,
            Consumer<Duration> leave) {
        var snapshots =
                new TelemetryConversation.Snapshots() {
                    @Override
                    public void tellAll() {
                        tellAll.run();
                    }

                    @Override
                    public void tell(String kind) {
                        tellAll.run();
                    }
                };
        return new OperatorEnd<>(
                new TelemetryConversation(
                        hello, outbox, snapshots, clock, vertx, context, BATCH_DELAY),
                leave);
    }

    /** The control stream's. */
    public static OperatorEnd<ControlUp, ControlDown> control(
            String bootId, Commands commands, InstantSource clock, Context context) {
        return new OperatorEnd<>(
                new ControlConversation(bootId, commands, clock, context), _ -> {});
    }

    /** A new stream is open. */
    public void open(Consumer<Q> wire) {
        speaker = wire;
        conversation.onOpen(
                new Conversation.Speaker<>() {
                    @Override
                    public void say(Q message) {
                        wire.accept(message);
                    }

                    @Override
                    public boolean isFull() {
                        return false;
                    }

                    @Override
                    public void leaveWithin(Duration time) {
                        leave.accept(time);
                    }

                    @Override
                    public void settled() {}
                });
    }

    public void hear(R message) {
        conversation.onMessage(message);
    }

    /** A sign of life, where a stream is open. */
    public void beat() {
        speaker.accept(conversation.heartbeat());
    }

    public void closed() {
        speaker = OperatorEnd::unheard;
        conversation.onClosed();
    }

    private static <Q> void unheard(Q message) {}
}
