package dev.kestrel.domain.signal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The durable log of one cluster's inputs, written by its owner only. What the reasoning concludes
 * is a deterministic function of it, so a killed owner resumes without losing or repeating
 * anything.
 */
public interface Journal {
    /**
     * Appends entries in order, all or nothing. Offsets are given by the caller and must follow the
     * last one without a gap. The same entries again, after an answer was lost, are durable once;
     * anything else at a taken offset fails.
     */
    CompletionStage<Appended> append(Ownership ownership, List<Entry> entries);

    /** Entries after an offset, in order, at most {@code limit}. */
    CompletionStage<List<Entry>> read(ClusterRef cluster, long afterOffset, int limit);

    /** The newest checkpoint; empty for a cluster that never had one. */
    CompletionStage<Optional<Checkpoint>> latestCheckpoint(ClusterRef cluster);

    /**
     * Saves a checkpoint and drops what it makes unnecessary: older checkpoints and entries it
     * covers.
     */
    CompletionStage<Appended> checkpoint(Ownership ownership, Checkpoint checkpoint);

    /**
     * One durable input.
     *
     * @param offset from 1, without gaps within a cluster
     * @param receivedAt when the cloud received it
     * @param kind what the body is
     * @param bootId for {@link Kind#BATCH}: the operator's boot; empty otherwise
     * @param sequence for {@link Kind#BATCH}: the batch's sequence; 0 otherwise
     */
    record Entry(
            long offset,
            Instant receivedAt,
            Kind kind,
            String bootId,
            long sequence,
            byte[] body) {}

    /** What an entry's body is. */
    enum Kind {
        /** A batch as {@link SignalCodec} writes it. */
        BATCH,
        /** An input of Kestrel's own: a decision, an outcome, an answer, a lost stream. JSON. */
        INPUT
    }

    /**
     * State after all entries up to an offset.
     *
     * @param body opaque; compressed by the store
     */
    record Checkpoint(long offset, Instant at, byte[] body) {}

    /** How an append ended. */
    enum Appended {
        DURABLE,
        /** Another node owns the cluster by now: stop at once. */
        FENCED
    }
}
