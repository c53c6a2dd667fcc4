package dev.kestrel.quality.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.testkit.hostile.Target;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Everything that reasons about objects, events and logs: whatever they say, it neither throws nor
 * makes something that cannot be kept. An input is the chance by which a story is twisted.
 */
final class ReasoningTarget implements Target {
    private static final int TWISTS = 24;
    private static final WireSignalCodec CODEC = new WireSignalCodec();

    private final List<Signal> signals;
    private final byte[] amidst;
    private final Instant at;

    /**
     * @param story a play of a fault; what it ends in does not matter
     */
    ReasoningTarget(Play story) {
        var before = story.entries().stream().filter(entry -> isBefore(entry)).toList();
        var reasoning = ClusterReasoning.begin(Play.CLUSTER, Play.THINKING);
        before.forEach(entry -> reasoning.on(entry.input(), entry.at()));
        amidst = SealedJson.write(reasoning.snapshot());
        at = before.getLast().at();
        signals = story.entries().stream().flatMap(ReasoningTarget::signals).toList();
    }

    private static boolean isBefore(Play.Entry entry) {
        return entry.at().isBefore(Play.FAULT.plusSeconds(30));
    }

    private static Stream<Signal> signals(Play.Entry entry) {
        return entry.input() instanceof Input.Telemetry(var batch)
                ? batch.signals().stream()
                : Stream.of();
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(new byte[] {1}, new byte[] {2});
    }

    @Override
    public List<String> words() {
        return List.of();
    }

    @Override
    public void feed(byte[] input) {
        var chance = ByteBuffer.allocate(4).putInt(Arrays.hashCode(input)).getInt(0);
        var twists = new Twists(signals, new SplittableRandom(chance));
        var reasoning = restored(amidst);
        var now = at;
        for (long sequence = 1; sequence <= 3; sequence++) {
            var twisted = Stream.generate(twists::next).limit(TWISTS).toList();
            var batch = CODEC.decode(CODEC.encode(new Batch("boot-9", sequence, twisted)));
            now = now.plusSeconds(40);
            reasoning.on(new Input.Telemetry(batch), now);
        }
        reasoning.advance(now.plus(Duration.ofMinutes(10)));
        var kept = SealedJson.write(reasoning.snapshot());
        assertThat(SealedJson.write(restored(kept).snapshot())).isEqualTo(kept);
    }

    private static ClusterReasoning restored(byte[] snapshot) {
        return ClusterReasoning.restore(
                Play.CLUSTER,
                Play.THINKING,
                SealedJson.read(snapshot, ClusterReasoning.Snapshot.class));
    }
}
