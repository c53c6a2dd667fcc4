package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** One operator misbehaves, with a valid certificate; its neighbour must not notice. */
class HostileTest {
    @TempDir private Path directory;
    private Site site;
    private TestStream<TelemetryUp, TelemetryDown> neighbour;

    @BeforeEach
    void aNeighbourIsConnected() {
        site = Site.with(directory);
        neighbour = site.enrolled(Site.OTHER).telemetry().send(Say.hello("boot-n"));
        Say.welcome(neighbour);
    }

    @AfterEach
    void theNeighbourIsUnharmed() {
        neighbour.send(Say.batch(1));
        Say.acknowledged(neighbour, 1);
        site.close();
    }

    private RawStream raw(Map<String, String> headers) {
        return RawStream.open(
                site.vertx,
                site.gateway.streamPort(),
                site.enrolled(Site.PROD),
                site.authority.trustBundle(),
                headers);
    }

    @Test
    void bytesThatAreNoMessageAreAnsweredWithInvalidArgument() {
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(0, 4)).write(Buffer.buffer(new byte[] {-1, -1, -1, -1}));

            assertThat(stream.status()).startsWith("3 ");
            assertThat(site.counted("kestrel_streams_ended", "reason", "malformed")).isEqualTo(1);
        }
    }

    @Test
    void aMessageOfOneMebibyteIsRead() {
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(0, WireLimits.MESSAGE_BYTES))
                    .write(Buffer.buffer(new byte[WireLimits.MESSAGE_BYTES]));

            assertThat(stream.status()).as("read, and no message").startsWith("3 ");
        }
    }

    @Test
    void aMessageOverOneMebibyteIsRefusedBeforeItIsKept() {
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(0, WireLimits.MESSAGE_BYTES + 1L));

            assertThat(stream.status()).startsWith("8 ").contains("1048577 bytes");
        }
    }

    @Test
    void aLengthOfFourGigabytesIsRefused() {
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(0, 0xffff_ffffL));

            assertThat(stream.status()).startsWith("8 ");
        }
    }

    @Test
    void theCompressedFlagWithoutAnEncodingEndsTheStreamAndKeepsNothing() {
        var before = usedHeap();
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(1, 100));
            assertThat(stream.status()).startsWith("3 ");

            var chunk = Buffer.buffer(new byte[64 << 10]);
            for (int i = 0; i < 400 && !stream.isFull(); i++) {
                stream.write(chunk);
            }

            assertThat(stream.isFull()).as("flow control stops what nobody reads").isTrue();
            assertThat(usedHeap() - before).isLessThan(16L << 20);
        }
    }

    @Test
    void theCompressedFlagOnAnUncompressedStreamEndsTheStream() {
        try (var stream = raw(Map.of("grpc-encoding", "identity"))) {
            stream.write(RawStream.head(1, 2)).write(Buffer.buffer("ab"));

            assertThat(stream.status()).startsWith("3 ");
        }
    }

    @Test
    void aSmallMessageThatUnpacksToALargeOneIsRefused() throws IOException {
        var packed = gzip(new byte[64 << 20]);
        assertThat(packed.length).isLessThan(WireLimits.MESSAGE_BYTES);
        try (var stream = raw(Map.of("grpc-encoding", "gzip"))) {
            stream.write(RawStream.head(1, packed.length)).write(Buffer.buffer(packed));

            assertThat(stream.status()).startsWith("8 ");
        }
    }

    @Test
    void anHonestCompressedMessageIsRead() throws IOException {
        var packed = gzip(Say.hello("boot-z").toByteArray());
        try (var stream = raw(Map.of("grpc-encoding", "gzip"))) {
            stream.write(RawStream.head(1, packed.length)).write(Buffer.buffer(packed));

            Served.until(
                    "it opened",
                    () -> site.owner.opened.stream().anyMatch(o -> o.bootId().equals("boot-z")));
        }
    }

    @Test
    void anUnknownEncodingIsRefused() {
        try (var stream = raw(Map.of("grpc-encoding", "snappy"))) {
            assertThat(stream.status()).startsWith("12 ");
        }
    }

    @Test
    void whatIsNotGrpcIsRefused() {
        try (var stream = raw(Map.of("content-type", "application/json"))) {
            assertThat(stream.status()).isEqualTo("http 415");
        }
    }

    @Test
    void aBatchOfFiftySignalsIsTakenAndOneMoreIsRefusedByItsNumber() {
        var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
        Say.welcome(stream);
        var full = Say.full(1);
        stream.send(full);
        Say.acknowledged(stream, 1);

        var batch = full.getBatch().toBuilder().setSequence(2);
        batch.addSignals(full.getBatch().getSignals(0));
        stream.send(TelemetryUp.newBuilder().setBatch(batch).build());

        var refused =
                stream.next(
                        down ->
                                Optional.of(down)
                                        .filter(TelemetryDown::hasBatchRefused)
                                        .map(TelemetryDown::getBatchRefused));
        assertThat(refused.getSequence()).isEqualTo(2);
        assertThat(refused.getReason()).isEqualTo("too_large");
        assertThat(stream.ended().status()).contains(GrpcStatus.RESOURCE_EXHAUSTED);
    }

    @Test
    void aTooLongLogLineDoesNotStopItsBatch() {
        var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
        Say.welcome(stream);

        stream.send(Say.batch(1, "x".repeat(WireLimits.LOG_LINE_BYTES + 1)));

        Say.acknowledged(stream, 1);
    }

    @Test
    void aBodyOfAnUnknownKindIsRefused() {
        var stream = site.enrolled(Site.PROD).telemetry();

        stream.send(TelemetryUp.getDefaultInstance());

        assertThat(stream.ended().status()).contains(GrpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void whoKeepsSendingAfterTheEndIsCutOff() {
        try (var stream = raw(Map.of())) {
            stream.write(RawStream.head(9, 1)).write(Buffer.buffer("x"));
            assertThat(stream.status()).startsWith("3 ");

            var chunk = Buffer.buffer(new byte[16 << 10]);
            Served.until(
                    "flow control or a reset stops it",
                    () -> {
                        if (!stream.isFull()) {
                            stream.write(chunk);
                        }
                        return stream.isFull();
                    });
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
