package dev.kestrel.protocol;

import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.SignalCodec;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import io.vertx.core.buffer.Buffer;

/** Batches in the journal: the bytes of the wire, with the boot id behind them. */
public final class WireSignalCodec implements SignalCodec {
    @Override
    public byte[] encode(Batch batch) {
        var wire = SignalBatch.newBuilder().setSequence(batch.sequence());
        batch.signals().forEach(signal -> wire.addSignals(OutwardSignals.wire(signal)));
        return forJournal(wire.build().toByteArray(), batch.bootId());
    }

    @Override
    public Batch decode(byte[] bytes) {
        return BatchFromWire.read(bytes, "").batch();
    }

    /**
     * What {@link #decode} reads, from the bytes as they came on a stream. Protobuf messages may be
     * concatenated, so nothing is decoded or copied but once.
     */
    public static byte[] forJournal(byte[] streamed, String bootId) {
        var boot = SignalBatch.newBuilder().setBootId(bootId).build().toByteArray();
        return Buffer.buffer(streamed.length + boot.length)
                .appendBytes(streamed)
                .appendBytes(boot)
                .getBytes();
    }
}
