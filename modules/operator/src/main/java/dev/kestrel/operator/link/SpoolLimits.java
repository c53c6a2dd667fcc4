package dev.kestrel.operator.link;

import java.time.Duration;

/**
 * How much may wait for the cloud, and how it is batched.
 *
 * @param signals most signals that wait or are unacknowledged
 * @param bytes most bytes of them, as on the wire
 * @param batchSignals most signals in a batch
 * @param batchDelay longest that a signal waits for its batch to fill
 */
public record SpoolLimits(int signals, long bytes, int batchSignals, Duration batchDelay) {
    public static final SpoolLimits DEFAULT =
            new SpoolLimits(20_000, 16L << 20, 50, Duration.ofMillis(100));

    /** A message may have 1 MiB; what is around the signals needs far less than the rest. */
    static final int BATCH_BYTES = 900 << 10;

    public SpoolLimits {
        if (signals < 1 || bytes < BATCH_BYTES || batchSignals < 1 || batchSignals > 50) {
            throw new IllegalArgumentException(
                    "a spool holds at least one batch, and a batch 1 to 50 signals");
        }
    }
}
