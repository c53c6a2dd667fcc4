package dev.kestrel.operator.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import dev.kestrel.protocol.wire.v1.EventReported;
import dev.kestrel.protocol.wire.v1.LogLine;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.ResourceRef;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class SpoolTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusMillis(100);

    private final Spool spool =
            new Spool(new SpoolLimits(100, 1 << 20, 50, Duration.ofMillis(100)));

    @Test
    void aBatchGoesWhenItIsFullOrItsFirstSignalHasWaitedLongEnough() {
        offerLogs(49);
        assertThat(spool.nextAfter(0, NOW.plusMillis(99))).isEmpty();
        assertThat(spool.nextAfter(0, LATER))
                .get()
                .extracting(SignalBatch::getSignalsCount)
                .isEqualTo(49);
        offerLogs(50);
        assertThat(spool.nextAfter(1, NOW))
                .get()
                .extracting(SignalBatch::getSequence)
                .isEqualTo(2L);
    }

    @Test
    void aBatchStaysAsItWasUntilItIsAcknowledged() {
        offerLogs(50);
        var first = spool.nextAfter(0, NOW).orElseThrow();
        offerLogs(50);
        assertThat(spool.nextAfter(0, NOW)).contains(first);
        assertThat(spool.firstHeld()).isEqualTo(1);
        spool.acknowledge(1);
        spool.acknowledge(1);
        assertThat(spool.firstHeld()).isZero();
        assertThat(spool.acknowledged()).isEqualTo(1);
        assertThat(spool.nextAfter(1, NOW))
                .get()
                .extracting(SignalBatch::getSequence)
                .isEqualTo(2L);
    }

    @Test
    void inPlaceOfABatchThatIsRefusedGoesHowMuchWasLostWithIt() {
        offerLogs(30);
        for (int i = 0; i < 20; i++) {
            spool.offer(object("Pod", "p" + i, 10), NOW);
        }
        spool.nextAfter(0, NOW);
        offerLogs(50);
        var second = spool.nextAfter(1, NOW).orElseThrow();

        assertThat(spool.refused(1, NOW)).isEqualTo(50);
        assertThat(spool.refused(7, NOW)).isZero();

        var first = spool.nextAfter(0, NOW).orElseThrow();
        assertThat(first.getSequence()).isEqualTo(1);
        assertThat(first.getSignalsList())
                .extracting(signal -> signal.getSignalsShed().getSource())
                .containsExactly("logs", "watch/Pod");
        assertThat(first.getSignalsList())
                .allMatch(signal -> signal.getSignalsShed().getReason().equals("refused"))
                .extracting(signal -> signal.getSignalsShed().getCount())
                .containsExactly(30L, 20L);
        assertThat(spool.takeLostKinds()).containsExactly("Pod");
        assertThat(spool.shedInAll()).isEqualTo(50);
        assertThat(spool.nextAfter(1, NOW)).contains(second);
        assertThat(spool.size()).isEqualTo(52);
        // If that is refused as well, it still says the same.
        assertThat(spool.refused(1, NOW)).isZero();
        assertThat(spool.nextAfter(0, NOW)).contains(first);
    }

    @Test
    void whenItIsFullTheOldestLogLineGoesFirst() {
        for (int i = 0; i < 50; i++) {
            spool.offer(event("event " + i), NOW);
        }
        offerLogs(50);
        spool.offer(event("one more"), NOW);

        var all = drain();
        assertThat(all).filteredOn(Signal::hasEventReported).hasSize(51);
        assertThat(all)
                .filteredOn(Signal::hasLogLine)
                .hasSize(49)
                .first()
                .extracting(line -> line.getLogLine().getText())
                .isEqualTo("line 1");
        assertThat(all)
                .filteredOn(Signal::hasSignalsShed)
                .singleElement()
                .satisfies(
                        shed -> {
                            assertThat(shed.getSignalsShed().getSource()).isEqualTo("logs");
                            assertThat(shed.getSignalsShed().getCount()).isEqualTo(1);
                            assertThat(shed.getSignalsShed().getReason()).isEqualTo("spool_full");
                        });
    }

    @Test
    void aLogLineNeverPushesOutAnEventOrAnObject() {
        for (int i = 0; i < 60; i++) {
            spool.offer(event("event " + i), NOW);
        }
        for (int i = 0; i < 40; i++) {
            spool.offer(object("Pod", "p" + i, 10), NOW);
        }
        spool.offer(log("too late"), NOW);

        assertThat(drain()).filteredOn(Signal::hasLogLine).isEmpty();
        assertThat(spool.shedInAll()).isEqualTo(1);
    }

    @Test
    void objectsThatHadToGoAreNamedSoThatTheyAreToldAgain() {
        for (int i = 0; i < 100; i++) {
            spool.offer(object(i % 2 == 0 ? "Pod" : "Node", "o" + i, 10), NOW);
        }
        assertThat(spool.takeLostKinds()).isEmpty();
        spool.offer(object("Service", "s", 10), NOW);

        assertThat(spool.takeLostKinds()).containsExactlyInAnyOrder("Pod", "Node");
        assertThat(spool.takeLostKinds()).isEmpty();
        assertThat(drain()).filteredOn(Signal::hasObjectSeen).hasSize(1);
    }

    @Test
    void bytesAreALimitTooAndOneHugeObjectIsCountedNotSent() {
        spool.offer(object("ConfigMap", "huge", (512 << 10) + 1), NOW);
        assertThat(spool.size()).isZero();
        for (int i = 0; i < 10; i++) {
            spool.offer(log("x".repeat(200 << 10)), NOW);
        }
        assertThat(spool.size()).isEqualTo(5);
        assertThat(drain())
                .filteredOn(Signal::hasSignalsShed)
                .extracting(shed -> shed.getSignalsShed().getReason())
                .containsExactly("spool_full", "too_large");
    }

    @Test
    void noBatchIsLargerThanAMessageMayBe() {
        for (int i = 0; i < 4; i++) {
            spool.offer(object("Pod", "p" + i, 255 << 10), NOW);
        }
        assertThat(spool.nextAfter(0, LATER).orElseThrow().getSerializedSize()).isLessThan(1 << 20);
    }

    @Test
    void unacknowledgedBatchesNeverTakeTheWholeSpool() {
        offerLogs(100);
        spool.nextAfter(0, NOW);
        spool.nextAfter(1, NOW);
        offerLogs(1);
        assertThat(spool.nextAfter(2, LATER)).isEmpty();
        spool.acknowledge(2);
        assertThat(spool.nextAfter(2, LATER)).isPresent();
    }

    @Test
    void aCloudThatKnowsMoreThanWasSentIsFollowed() {
        spool.acknowledge(7);
        offerLogs(50);
        assertThat(spool.nextAfter(7, NOW))
                .get()
                .extracting(SignalBatch::getSequence)
                .isEqualTo(8L);
    }

    private List<Signal> drain() {
        var all = new java.util.ArrayList<Signal>();
        for (long sequence = 0; ; sequence++) {
            var batch = spool.nextAfter(sequence, LATER);
            if (batch.isEmpty()) {
                return all;
            }
            all.addAll(batch.get().getSignalsList());
            spool.acknowledge(batch.get().getSequence());
        }
    }

    private void offerLogs(int count) {
        for (int i = 0; i < count; i++) {
            spool.offer(log("line " + i), NOW);
        }
    }

    private static Signal log(String text) {
        return Signal.newBuilder().setLogLine(LogLine.newBuilder().setText(text)).build();
    }

    private static Signal event(String message) {
        return Signal.newBuilder()
                .setEventReported(EventReported.newBuilder().setMessage(message))
                .build();
    }

    private static Signal object(String kind, String name, int bytes) {
        return Signal.newBuilder()
                .setObjectSeen(
                        ObjectSeen.newBuilder()
                                .setRef(ResourceRef.newBuilder().setKind(kind).setName(name))
                                .setJson(ByteString.copyFrom(new byte[bytes])))
                .build();
    }
}
