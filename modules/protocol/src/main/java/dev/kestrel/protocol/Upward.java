package dev.kestrel.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One message of a telemetry stream, opened as far as the gateway needs: a batch stays in the bytes
 * in which it came, because the journal keeps exactly those.
 */
public sealed interface Upward {
    /** The first message of a stream. */
    record Hello(dev.kestrel.protocol.wire.v1.Hello wire) implements Upward {}

    /**
     * A batch, not looked into.
     *
     * @param bytes of a {@code SignalBatch}
     */
    record Batch(byte[] bytes) implements Upward {}

    /** Nothing but a sign of life. */
    record Heartbeat() implements Upward {}

    /**
     * Opens a {@code TelemetryUp} that has exactly one body.
     *
     * @throws Malformed when it has none, several, or one that this version does not know
     */
    static Upward read(byte[] bytes) {
        try {
            var in = CodedInputStream.newInstance(bytes);
            var tag = in.readTag();
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                throw new Malformed(Reason.UNKNOWN, "a message without a body");
            }
            var body = in.readByteArray();
            if (!in.isAtEnd()) {
                throw new Malformed(Reason.UNDECODABLE, "a message with more than one body");
            }
            return switch (WireFormat.getTagFieldNumber(tag)) {
                case TelemetryUp.HELLO_FIELD_NUMBER -> hello(body);
                case TelemetryUp.BATCH_FIELD_NUMBER -> new Batch(body);
                case TelemetryUp.HEARTBEAT_FIELD_NUMBER -> new Heartbeat();
                default -> throw new Malformed(Reason.UNKNOWN, "a body of an unknown kind");
            };
        } catch (IOException e) {
            throw new Malformed(Reason.UNDECODABLE, "no TelemetryUp");
        }
    }

    private static Hello hello(byte[] body) throws IOException {
        var hello = dev.kestrel.protocol.wire.v1.Hello.parseFrom(body);
        if (!Ids.PATTERN.matcher(hello.getBootId()).matches()) {
            throw new Malformed(
                    Reason.INCOMPLETE, "a boot id has 1 to 64 letters, digits, '.', '_' or '-'");
        }
        if (hello.getFirstHeldSequence() < 0) {
            throw new Malformed(Reason.TOO_LARGE, "a sequence over 2^63");
        }
        bounded(List.of(hello.getOperatorVersion(), hello.getKubernetesVersion()));
        bounded(hello.getWriteNamespacesList());
        bounded(hello.getWriteKindsList());
        return new Hello(hello);
    }

    private static void bounded(List<String> texts) {
        if (texts.size() > 1000 || texts.stream().anyMatch(text -> text.length() > 256)) {
            throw new Malformed(Reason.TOO_LARGE, "too many texts in Hello, or too long ones");
        }
    }

    /** What an id that travels looks like. */
    final class Ids {
        private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

        private Ids() {}
    }
}
