package dev.kestrel.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.gateway.call.Deframer.Next;

import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class DeframerTest {
    private static final int MAX = 1000;

    private static Buffer framed(byte[] bytes) {
        return Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes);
    }

    private static List<byte[]> taken(Deframer deframer) {
        var messages = new ArrayList<byte[]>();
        while (deframer.next() instanceof Next.Message(var bytes)) {
            messages.add(bytes);
        }
        return messages;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howTheBytesAreCutDoesNotMatter(long seed) {
        var random = new Random(seed);
        var sent = new ArrayList<byte[]>();
        var wire = Buffer.buffer();
        for (int i = 0; i < 200; i++) {
            var message = new byte[random.nextInt(MAX + 1)];
            random.nextBytes(message);
            sent.add(message);
            wire.appendBuffer(framed(message));
        }
        var deframer = new Deframer(MAX, false);
        var received = new ArrayList<byte[]>();
        for (int at = 0; at < wire.length(); ) {
            var end = Math.min(wire.length(), at + 1 + random.nextInt(1500));
            deframer.feed(wire.getBuffer(at, end));
            received.addAll(taken(deframer));
            assertThat(deframer.heldBytes()).isLessThanOrEqualTo(MAX + 5);
            at = end;
        }
        assertThat(received).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(received.get(i)).isEqualTo(sent.get(i));
        }
        assertThat(deframer.heldBytes()).isZero();
    }

    @Test
    void messagesMayWaitWhileMoreBytesCome() {
        var deframer = new Deframer(MAX, false);
        deframer.feed(framed(new byte[] {1}).appendBuffer(framed(new byte[] {2})));
        assertThat(deframer.next()).isInstanceOf(Next.Message.class);

        deframer.feed(framed(new byte[] {3}));

        assertThat(taken(deframer)).containsExactly(new byte[] {2}, new byte[] {3});
    }

    @Test
    void aMessageAtTheLimitIsTaken() {
        var deframer = new Deframer(MAX, false);
        deframer.feed(framed(new byte[MAX]));

        assertThat(taken(deframer)).hasSize(1);
    }

    @Test
    void aMessageOverTheLimitIsRefusedByItsHead() {
        var deframer = new Deframer(MAX, false);
        deframer.feed(Buffer.buffer().appendByte((byte) 0).appendInt(MAX + 1));

        assertThat(deframer.next())
                .isInstanceOfSatisfying(
                        Next.Broken.class,
                        broken ->
                                assertThat(broken.status())
                                        .isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED));
    }

    @Test
    void anUnknownFlagIsRefused() {
        var deframer = new Deframer(MAX, true);
        deframer.feed(Buffer.buffer().appendByte((byte) 2).appendInt(1));

        assertThat(deframer.next())
                .isInstanceOfSatisfying(
                        Next.Broken.class,
                        broken ->
                                assertThat(broken.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT));
    }

    @Test
    void whatIsNotGzipIsRefused() {
        var deframer = new Deframer(MAX, true);
        deframer.feed(Buffer.buffer().appendByte((byte) 1).appendInt(3).appendString("abc"));

        assertThat(deframer.next()).isInstanceOf(Next.Broken.class);
    }
}
