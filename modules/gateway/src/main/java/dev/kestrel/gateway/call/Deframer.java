package dev.kestrel.gateway.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Cuts a byte stream into gRPC messages. What a message announces is checked before its bytes are
 * kept, so a stream never holds more than one message and one chunk; a compressed message is
 * unpacked only up to the limit.
 */
final class Deframer {
    private static final int HEAD_BYTES = 5;
    private static final Buffer NOTHING = Buffer.buffer(0);

    private final int maxMessageBytes;
    private final boolean gzip;
    private Buffer held = NOTHING;
    private int position;
    private boolean ours;

    /**
     * @param gzip whether the stream announced messages compressed with gzip
     */
    Deframer(int maxMessageBytes, boolean gzip) {
        this.maxMessageBytes = maxMessageBytes;
        this.gzip = gzip;
    }

    /** What stands next in the stream. */
    sealed interface Next {
        /** No whole message is there yet. */
        record Wanting() implements Next {}

        record Message(byte[] bytes) implements Next {}

        /** The stream cannot be read any further. */
        record Broken(GrpcStatus status, String why) implements Next {}
    }

    private static final Next WANTING = new Next.Wanting();

    void feed(Buffer chunk) {
        if (position == held.length()) {
            held = chunk;
            ours = false;
        } else {
            if (!ours || position > 0) {
                held =
                        Buffer.buffer(held.length() - position + chunk.length())
                                .appendBuffer(held, position, held.length() - position);
                ours = true;
            }
            held.appendBuffer(chunk);
        }
        position = 0;
    }

    Next next() {
        if (held.length() - position < HEAD_BYTES) {
            return WANTING;
        }
        var flag = held.getByte(position);
        var length = held.getUnsignedInt(position + 1);
        if (length > maxMessageBytes) {
            return new Next.Broken(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "a message of %d bytes, allowed are %d".formatted(length, maxMessageBytes));
        }
        if (flag != 0 && (flag != 1 || !gzip)) {
            return new Next.Broken(
                    GrpcStatus.INVALID_ARGUMENT,
                    "a compressed message on a stream that announced none");
        }
        var start = position + HEAD_BYTES;
        if (held.length() - start < length) {
            return WANTING;
        }
        position = start + (int) length;
        var bytes = held.getBytes(start, position);
        return flag == 0 ? new Next.Message(bytes) : unpacked(bytes);
    }

    /** Bytes kept for a message that is not whole yet. */
    int heldBytes() {
        return held.length() - position;
    }

    /** Forgets what is held. */
    void drop() {
        held = NOTHING;
        position = 0;
        ours = false;
    }

    private Next unpacked(byte[] packed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var bytes = in.readNBytes(maxMessageBytes + 1);
            return bytes.length <= maxMessageBytes
                    ? new Next.Message(bytes)
                    : new Next.Broken(
                            GrpcStatus.RESOURCE_EXHAUSTED,
                            "a message that unpacks to more than " + maxMessageBytes + " bytes");
        } catch (IOException e) {
            return new Next.Broken(GrpcStatus.INVALID_ARGUMENT, "a message that is not gzip");
        }
    }
}
