package dev.kestrel.domain.signal;

import java.time.Instant;

/**
 * One fact observed in a cluster.
 *
 * @param observedAt when the cluster says it happened; windows use this, timeouts use the batch's
 *     arrival
 */
public record Signal(Instant observedAt, Observation observation) {}
