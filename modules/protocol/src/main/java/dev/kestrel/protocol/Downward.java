package dev.kestrel.protocol;

import dev.kestrel.protocol.wire.v1.Ack;
import dev.kestrel.protocol.wire.v1.BatchRefused;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.Drain;
import dev.kestrel.protocol.wire.v1.Heartbeat;
import dev.kestrel.protocol.wire.v1.Settings;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.Welcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the cloud says on an operator's streams, commands aside. */
public final class Downward {
    private Downward() {}

    /** The answer to Hello. */
    public static TelemetryDown welcome(long resumeAfter, int creditBatches, Instant now) {
        return TelemetryDown.newBuilder()
                .setWelcome(
                        Welcome.newBuilder()
                                .setResumeAfter(resumeAfter)
                                .setCredit(creditBatches)
                                .setNow(WireTime.wire(now)))
                .build();
    }

    /** Everything up to the sequence is durable. */
    public static TelemetryDown acknowledgement(long sequence) {
        return TelemetryDown.newBuilder().setAck(Ack.newBuilder().setSequence(sequence)).build();
    }

    /** The batch is not taken however often it is sent. */
    public static TelemetryDown refusal(long sequence, Malformed.Reason reason) {
        return TelemetryDown.newBuilder()
                .setBatchRefused(
                        BatchRefused.newBuilder()
                                .setSequence(sequence)
                                .setReason(reason.name().toLowerCase(Locale.ROOT)))
                .build();
    }

    /** Leave for another node. */
    public static TelemetryDown drain(Duration within) {
        return TelemetryDown.newBuilder()
                .setDrain(Drain.newBuilder().setWithinMillis((int) within.toMillis()))
                .build();
    }

    /** A sign of life on a telemetry stream. */
    public static TelemetryDown heartbeat(Instant now) {
        return TelemetryDown.newBuilder().setHeartbeat(beat(now)).build();
    }

    /** A sign of life on a control stream. */
    public static ControlDown controlHeartbeat(Instant now) {
        return ControlDown.newBuilder().setHeartbeat(beat(now)).build();
    }

    /** What the cloud asks of the operator's streams. */
    public static Settings settings(Duration heartbeat) {
        return Settings.newBuilder()
                .setHeartbeatMillis((int) heartbeat.toMillis())
                .setBatchSignals(WireLimits.BATCH_SIGNALS)
                .build();
    }

    private static Heartbeat beat(Instant now) {
        return Heartbeat.newBuilder().setAt(WireTime.wire(now)).build();
    }
}
