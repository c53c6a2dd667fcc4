package dev.kestrel.protocol;

import com.google.protobuf.CodedInputStream;

import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A batch read from the wire. A signal that is not understood or too large does not spoil its
 * batch: {@link Observation.SignalsShed} stands in its place, so that what was dropped lowers
 * visibility. The same bytes always give the same batch.
 *
 * @param refused why signals were dropped, one entry for each
 */
public record BatchFromWire(Batch batch, List<Reason> refused) {
    private static final int BOOT_ID_BYTES = 4 * WireLimits.ID_CHARS + 8;

    public BatchFromWire {
        refused = List.copyOf(refused);
    }

    /**
     * Reads a batch.
     *
     * @param bytes of a {@code SignalBatch}
     * @param bootId of the stream; where it is empty, the one that the bytes carry
     * @throws Malformed when the bytes as a whole are not a batch
     */
    public static BatchFromWire read(byte[] bytes, String bootId) {
        var wire = parse(bytes);
        if (wire.getSequence() < 1) {
            throw new Malformed(Reason.INCOMPLETE, "a batch without a sequence");
        }
        if (wire.getSignalsCount() > WireLimits.BATCH_SIGNALS) {
            throw new Malformed(Reason.TOO_LARGE, wire.getSignalsCount() + " signals in one batch");
        }
        var refused = new ArrayList<Reason>();
        var signals = new ArrayList<Signal>(wire.getSignalsCount());
        for (var signal : wire.getSignalsList()) {
            signals.add(signalOrWhatWasShed(signal, refused));
        }
        var boot = bootId.isEmpty() ? wire.getBootId() : bootId;
        return new BatchFromWire(new Batch(boot, wire.getSequence(), signals), refused);
    }

    private static SignalBatch parse(byte[] bytes) {
        if (bytes.length > WireLimits.MESSAGE_BYTES + BOOT_ID_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "a batch of " + bytes.length + " bytes");
        }
        try {
            var in = CodedInputStream.newInstance(bytes);
            in.enableAliasing(true); // The bytes are ours and stay as they are.
            return SignalBatch.parseFrom(in);
        } catch (IOException e) {
            throw new Malformed(Reason.UNDECODABLE, "no SignalBatch");
        }
    }

    private static Signal signalOrWhatWasShed(
            dev.kestrel.protocol.wire.v1.Signal wire, List<Reason> refused) {
        var observedAt = WireTime.instant(wire.getObservedAt());
        try {
            return new Signal(observedAt, ObservationFromWire.read(wire));
        } catch (Malformed e) {
            refused.add(e.reason());
            return new Signal(
                    observedAt,
                    new Observation.SignalsShed(
                            ObservationFromWire.source(wire),
                            1,
                            e.reason().name().toLowerCase(Locale.ROOT)));
        }
    }
}
