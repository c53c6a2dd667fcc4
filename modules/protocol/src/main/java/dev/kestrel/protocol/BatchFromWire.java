package dev.kestrel.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.Malformed.Reason;

import java.time.Instant;
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
        var wire = WireBatch.open(bytes);
        var refused = new ArrayList<Reason>();
        var signals = new ArrayList<Signal>(wire.signals().size());
        for (var signal : wire.signals()) {
            var before = signals.isEmpty() ? Instant.EPOCH : signals.getLast().observedAt();
            signals.add(signalOrWhatWasShed(signal, before, refused));
        }
        var boot = bootId.isEmpty() ? wire.bootId() : bootId;
        return new BatchFromWire(new Batch(boot, wire.sequence(), signals), refused);
    }

    private static Signal signalOrWhatWasShed(
            ByteString bytes, Instant before, List<Reason> refused) {
        var wire = dev.kestrel.protocol.wire.v1.Signal.getDefaultInstance();
        try {
            wire = dev.kestrel.protocol.wire.v1.Signal.parseFrom(bytes);
            return new Signal(
                    WireTime.instant(wire.getObservedAt()), ObservationFromWire.read(wire));
        } catch (InvalidProtocolBufferException e) {
            return shed(wire, before, Reason.UNDECODABLE, refused);
        } catch (Malformed e) {
            return shed(wire, before, e.reason(), refused);
        }
    }

    private static Signal shed(
            dev.kestrel.protocol.wire.v1.Signal wire,
            Instant before,
            Reason reason,
            List<Reason> refused) {
        refused.add(reason);
        return new Signal(
                timeOf(wire, before),
                new Observation.SignalsShed(
                        ObservationFromWire.source(wire),
                        1,
                        reason.name().toLowerCase(Locale.ROOT)));
    }

    /** Signals are in the order in which they were seen, so the one before is a good guess. */
    private static Instant timeOf(dev.kestrel.protocol.wire.v1.Signal wire, Instant before) {
        try {
            return WireTime.instant(wire.getObservedAt());
        } catch (Malformed outOfRange) {
            return before;
        }
    }
}
