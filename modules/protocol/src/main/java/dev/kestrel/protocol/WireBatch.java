package dev.kestrel.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch opened as far as it must be before it is durable: where it stands in its boot and how
 * many signals it has. What is in them is read when they are reasoned about, so a batch that can be
 * opened can always be read.
 *
 * @param bootId as the bytes carry it; empty on a stream
 * @param signals the bytes of each
 */
public record WireBatch(long sequence, String bootId, List<ByteString> signals) {
    private static final int SEQUENCE =
            SignalBatch.SEQUENCE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int SIGNAL =
            SignalBatch.SIGNALS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int BOOT_ID =
            SignalBatch.BOOT_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int BOOT_ID_BYTES = 4 * WireLimits.ID_CHARS + 8;

    public WireBatch {
        signals = List.copyOf(signals);
    }

    /**
     * Opens a batch.
     *
     * @param bytes of a {@code SignalBatch}
     * @throws Malformed when the bytes as a whole are not a batch
     */
    public static WireBatch open(byte[] bytes) {
        if (bytes.length > WireLimits.MESSAGE_BYTES + BOOT_ID_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "a batch of " + bytes.length + " bytes");
        }
        try {
            var in = CodedInputStream.newInstance(bytes);
            in.enableAliasing(true); // The bytes are ours and stay as they are.
            return open(in);
        } catch (IOException e) {
            throw new Malformed(Reason.UNDECODABLE, "no SignalBatch");
        }
    }

    private static WireBatch open(CodedInputStream in) throws IOException {
        var sequence = 0L;
        var bootId = "";
        var signals = new ArrayList<ByteString>();
        for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case SEQUENCE -> sequence = in.readUInt64();
                case SIGNAL -> signals.add(in.readBytes());
                case BOOT_ID -> bootId = in.readStringRequireUtf8();
                default -> skip(in, tag);
            }
            if (signals.size() > WireLimits.BATCH_SIGNALS) {
                throw new Malformed(
                        Reason.TOO_LARGE,
                        "more than " + WireLimits.BATCH_SIGNALS + " signals in one batch");
            }
        }
        if (sequence < 1) {
            throw new Malformed(Reason.INCOMPLETE, "a batch without a sequence");
        }
        return new WireBatch(sequence, bootId, signals);
    }

    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new Malformed(Reason.UNDECODABLE, "the end of a group that did not begin");
        }
    }
}
