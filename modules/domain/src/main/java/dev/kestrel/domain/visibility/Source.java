package dev.kestrel.domain.visibility;

import dev.kestrel.domain.signal.Observation.SourceState;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one telemetry source.
 *
 * @param name for example {@code watch/Pod} or {@code logs}
 * @param reportedAt when it last said how it is
 * @param shed signals of it that were dropped since it is known
 */
public record Source(
        String name,
        SourceState state,
        Duration staleness,
        String detail,
        Instant reportedAt,
        long shed) {}
