package dev.kestrel.domain.signal;

/**
 * Reads and writes batches as bytes, for the journal. The bytes are those of the wire, so a journal
 * can be audited.
 */
public interface SignalCodec {
    byte[] encode(Batch batch);

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when the bytes are not a batch
     */
    Batch decode(byte[] bytes);
}
