package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

class WireSignalCodecTest {
    private final WireSignalCodec codec = new WireSignalCodec();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyBatchComesBackAsItWas(long seed) {
        var batch = new RandomSignals(seed).batch();

        assertThat(codec.decode(codec.encode(batch))).isEqualTo(batch);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKeptInTheJournalIsWhatWasReadFromTheStream(long seed) {
        var batch = new RandomSignals(seed).batch();
        var streamed = codec.encode(batch);

        var read = BatchFromWire.read(streamed, "boot-of-the-stream").batch();

        assertThat(codec.decode(WireSignalCodec.forJournal(streamed, "boot-of-the-stream")))
                .isEqualTo(read);
        assertThat(read.bootId()).isEqualTo("boot-of-the-stream");
    }

    /** Cut, flipped and spliced bytes either give a batch or a reason, and nothing else. */
    @ParameterizedTest
    @MethodSource("seeds")
    void brokenBytesAreRefusedWithAReason(long seed) {
        var random = new Random(seed);
        var bytes = codec.encode(new RandomSignals(seed).batch());
        for (int i = 0; i < 50; i++) {
            var broken = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
            for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(BatchFromWire.read(broken, "b").batch().sequence()).isPositive();
                assertThat(Upward.read(broken)).isNotNull();
            } catch (Malformed refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
    }

    @Test
    void whatIsNoBatchIsRefused() {
        assertThatThrownBy(() -> codec.decode(new byte[] {-1, -1}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
