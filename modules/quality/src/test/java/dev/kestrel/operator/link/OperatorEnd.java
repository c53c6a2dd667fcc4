package dev.kestrel.operator.link;

import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The operator's own end of a telemetry stream, with the wire given by a simulation. */
public final class OperatorEnd {
    private final Outbox outbox;
    private final TelemetryConversation conversation;
    private Consumer<TelemetryUp> speaker = OperatorEnd::unheard;

    /**
     * @param tellAll called when the cloud forgot what it knew
     */
    public OperatorEnd(
            Hello hello,
            Outbox outbox,
            InstantSource clock,
            Vertx vertx,
            Context context,
            Runnable tellAll) {
        this.outbox = outbox;
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
        conversation =
                new TelemetryConversation(
                        hello, outbox, snapshots, clock, vertx, context, Duration.ofMillis(100));
    }

    /** A new stream is open. */
    public void open(Consumer<TelemetryUp> wire) {
        speaker = wire;
        conversation.onOpen(
                new Conversation.Speaker<>() {
                    @Override
                    public void say(TelemetryUp message) {
                        wire.accept(message);
                    }

                    @Override
                    public boolean isFull() {
                        return false;
                    }

                    @Override
                    public void leaveWithin(Duration time) {}

                    @Override
                    public void settled() {}
                });
    }

    public void hear(TelemetryDown message) {
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

    private static void unheard(TelemetryUp message) {}

    /** Highest sequence that the cloud says is durable. */
    public long acknowledged() {
        return outbox.acknowledged();
    }
}
