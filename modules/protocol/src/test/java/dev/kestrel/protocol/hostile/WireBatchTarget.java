package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.protocol.BatchFromWire;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.RandomSignals;
import dev.kestrel.protocol.WireBatch;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.testkit.hostile.Target;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a batch as the gateway opens them before they are durable: what it takes, the
 * reasoning can read later, and what it cannot be read is refused before anything is acknowledged.
 */
public final class WireBatchTarget implements Target {
    public static void fuzzerTestOneInput(byte[] input) {
        new WireBatchTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        return IntStream.range(0, 40)
                .mapToObj(seed -> new WireSignalCodec().encode(new RandomSignals(seed).batch()))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "\u0008\u0001", "\u0012\u0000", "\u001a\u0004boot", "\u000b\u000c", "\u00ff");
    }

    @Override
    public void feed(byte[] input) {
        WireBatch opened;
        try {
            opened = WireBatch.open(input);
        } catch (Malformed refused) {
            assertThat(refused.reason()).isNotNull();
            return;
        }
        assertThat(opened.sequence()).isPositive();
        assertThat(opened.signals()).hasSizeLessThanOrEqualTo(WireLimits.BATCH_SIGNALS);
        var read = BatchFromWire.read(input, "boot-1").batch();
        assertThat(read.sequence()).isEqualTo(opened.sequence());
        assertThat(read.signals()).hasSameSizeAs(opened.signals());
    }
}
