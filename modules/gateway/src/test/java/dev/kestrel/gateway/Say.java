package dev.kestrel.gateway;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.OutwardSignals;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.Heartbeat;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;
import dev.kestrel.protocol.wire.v1.Welcome;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What operators say, and what they listen for. */
final class Say {
    static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    private Say() {}

    static TelemetryUp hello(String boot) {
        return hello(boot, 0);
    }

    static TelemetryUp hello(String boot, long firstHeld) {
        return TelemetryUp.newBuilder()
                .setHello(Hello.newBuilder().setBootId(boot).setFirstHeldSequence(firstHeld))
                .build();
    }

    static TelemetryUp batch(long sequence) {
        return batch(sequence, "line " + sequence);
    }

    static TelemetryUp batch(long sequence, String text) {
        var signal =
                new Signal(
                        LATER,
                        new Observation.LogLine(
                                new ResourceRef("Pod", "shop", "checkout-1"), "app", false, text));
        return batch(sequence, Collections.nCopies(1, signal));
    }

    static TelemetryUp full(long sequence) {
        var begun = new Signal(LATER, new Observation.SnapshotBegun("Pod"));
        return batch(sequence, Collections.nCopies(WireLimits.BATCH_SIGNALS, begun));
    }

    static TelemetryUp batch(long sequence, List<Signal> signals) {
        return TelemetryUp.newBuilder()
                .setBatch(
                        SignalBatch.newBuilder()
                                .setSequence(sequence)
                                .addAllSignals(signals.stream().map(OutwardSignals::wire).toList()))
                .build();
    }

    static TelemetryUp heartbeat() {
        return TelemetryUp.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();
    }

    static Welcome welcome(TestStream<TelemetryUp, TelemetryDown> stream) {
        return stream.next(
                down -> down.hasWelcome() ? Optional.of(down.getWelcome()) : Optional.empty());
    }

    /** Waits until everything up to a sequence is acknowledged. */
    static void acknowledged(TestStream<TelemetryUp, TelemetryDown> stream, long sequence) {
        Served.until(
                "acknowledged up to " + sequence,
                () -> stream.received.stream().anyMatch(down -> isAck(down, sequence)));
    }

    static boolean isAck(TelemetryDown down, long sequence) {
        return down.hasAck() && down.getAck().getSequence() >= sequence;
    }
}
