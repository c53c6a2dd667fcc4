package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.LogLine;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.SnapshotBegun;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/** Points in time as others write them; one that is none costs its signal and not the batch. */
class TimesFromWireTest {
    private static final Signal BEGUN =
            Signal.newBuilder().setSnapshotBegun(SnapshotBegun.newBuilder().setKind("Pod")).build();
    private static final Signal LINE =
            Signal.newBuilder()
                    .setLogLine(LogLine.newBuilder().setNamespace("n").setPod("p").setText("x"))
                    .build();

    private static BatchFromWire read(Signal... signals) {
        return BatchFromWire.read(
                SignalBatch.newBuilder()
                        .setSequence(1)
                        .addAllSignals(List.of(signals))
                        .build()
                        .toByteArray(),
                "boot");
    }

    @Test
    void aTimeOutOfRangeIsShedAtTheTimeOfTheOneBeforeIt() {
        var first = BEGUN.toBuilder().setObservedAt(Timestamp.newBuilder().setSeconds(7)).build();
        var never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE);

        var read = read(first, LINE.toBuilder().setObservedAt(never).build());

        assertThat(read.refused()).containsExactly(Reason.UNDECODABLE);
        assertThat(read.batch().signals().getLast())
                .isEqualTo(
                        new dev.kestrel.domain.signal.Signal(
                                Instant.ofEpochSecond(7),
                                new Observation.SignalsShed("logs", 1, "undecodable")));
    }

    @Test
    void timesKeepTheirNanoseconds() {
        var at = Instant.parse("2040-01-01T00:00:00.123456789Z");
        assertThat(WireTime.instant(WireTime.wire(at))).isEqualTo(at);
    }

    @Test
    void aSecondHasABillionNanosecondsAndNotOneMore() {
        var most = Timestamp.newBuilder().setSeconds(1).setNanos(999_999_999);
        assertThat(read(BEGUN.toBuilder().setObservedAt(most).build()).refused()).isEmpty();

        var more = BEGUN.toBuilder().setObservedAt(most.setNanos(1_000_000_000)).build();
        assertThat(read(more).refused()).containsExactly(Reason.UNDECODABLE);
    }
}
