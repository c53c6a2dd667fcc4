package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import dev.kestrel.protocol.BatchFromWire;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.RandomSignals;
import dev.kestrel.protocol.Upward;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.TelemetryUp;
import dev.kestrel.testkit.hostile.Target;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A message on a telemetry stream: it is read or refused as malformed, and what was read goes to
 * the journal and comes back the same.
 */
public final class BatchTarget implements Target {
    public static void fuzzerTestOneInput(byte[] input) {
        new BatchTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        var hello =
                TelemetryUp.newBuilder()
                        .setHello(
                                Hello.newBuilder()
                                        .setBootId("boot-1")
                                        .setFirstHeldSequence(1)
                                        .addWriteNamespaces("shop"))
                        .build();
        return Stream.concat(
                        Stream.of(hello.toByteArray()),
                        IntStream.range(0, 40).mapToObj(BatchTarget::batch))
                .toList();
    }

    private static byte[] batch(int seed) {
        var bytes = new WireSignalCodec().encode(new RandomSignals(seed).batch());
        try {
            return TelemetryUp.newBuilder()
                    .setBatch(SignalBatch.parseFrom(ByteString.copyFrom(bytes)))
                    .build()
                    .toByteArray();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> words() {
        return List.of(
                "\u0000",
                "/",
                "{\"a\":",
                "[[[[",
                "\\ud800",
                "\\u0000",
                "Pod",
                "watch/Pod",
                "\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f");
    }

    @Override
    public void feed(byte[] input) {
        try {
            if (Upward.read(input) instanceof Upward.Batch(var bytes)) {
                readsTheSameAgain(bytes);
            }
        } catch (Malformed refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private static void readsTheSameAgain(byte[] bytes) {
        var read = BatchFromWire.read(bytes, "boot-1");
        assertThat(read.batch().signals()).hasSizeLessThanOrEqualTo(WireLimits.BATCH_SIGNALS);
        var codec = new WireSignalCodec();
        assertThat(codec.decode(WireSignalCodec.forJournal(bytes, "boot-1")))
                .isEqualTo(read.batch());
        assertThat(codec.decode(codec.encode(read.batch()))).isEqualTo(read.batch());
    }
}
