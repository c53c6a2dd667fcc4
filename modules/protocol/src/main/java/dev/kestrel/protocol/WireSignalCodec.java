package dev.kestrel.protocol;

import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.SignalCodec;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import java.util.Arrays;
import java.util.function.Consumer;

/** Batches in the journal: the bytes of the wire, with the boot id behind them. */
public final class WireSignalCodec implements SignalCodec {
    private final Consumer<Malformed.Reason> refused;

    public WireSignalCodec() {
        this(ignored -> {});
    }

    /**
     * @param refused told of each signal that cannot be read, whenever its batch is
     */
    public WireSignalCodec(Consumer<Malformed.Reason> refused) {
        this.refused = refused;
    }

    @Override
    public byte[] encode(Batch batch) {
        var wire = SignalBatch.newBuilder().setSequence(batch.sequence());
        batch.signals().forEach(signal -> wire.addSignals(OutwardSignals.wire(signal)));
        return forJournal(wire.build().toByteArray(), batch.bootId());
    }

    @Override
    public Batch decode(byte[] bytes) {
        var read = BatchFromWire.read(bytes, "");
        read.refused().forEach(refused);
        return read.batch();
    }

    /**
     * What {@link #decode} reads, from the bytes as they came on a stream. Protobuf messages may be
     * concatenated, so nothing is decoded or copied but once.
     */
    public static byte[] forJournal(byte[] streamed, String bootId) {
        return forJournal(streamed, boot(bootId));
    }

    /** The bytes of a boot id, for all batches of one stream. */
    public static byte[] boot(String bootId) {
        return SignalBatch.newBuilder().setBootId(bootId).build().toByteArray();
    }

    /** Like {@link #forJournal(byte[], String)}, with what {@link #boot} gave. */
    public static byte[] forJournal(byte[] streamed, byte[] boot) {
        var kept = Arrays.copyOf(streamed, streamed.length + boot.length);
        System.arraycopy(boot, 0, kept, streamed.length, boot.length);
        return kept;
    }
}
