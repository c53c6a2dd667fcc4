package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Observation.SourceState;

import java.time.Duration;

/**
 * How one source is doing.
 *
 * @param source for example {@code watch/Pod}
 * @param staleness since it was last known to be current
 * @param detail for people; may be empty
 */
public record SourceStatus(String source, SourceState state, Duration staleness, String detail) {}
