package dev.kestrel.domain.scenario;

import dev.kestrel.domain.signal.Signal;

import java.time.Instant;
import java.util.List;

/**
 * Something of a timeline: what is seen at that time, or only that the time has come.
 *
 * @param signals empty where only time passes
 */
public record Moment(Instant at, List<Signal> signals) {
    public Moment {
        signals = List.copyOf(signals);
    }
}
