package dev.kestrel.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that passes faster than real time, from a common start, so that a headless demo needs not
 * wait as long as a person would.
 */
final class ScaledClock implements InstantSource {
    private final InstantSource real;
    private final Instant start;
    private final int factor;

    /**
     * @param factor 1 for real time
     */
    ScaledClock(InstantSource real, int factor) {
        this.real = real;
        this.factor = factor;
        start = real.instant();
    }

    @Override
    public Instant instant() {
        return factor == 1
                ? real.instant()
                : start.plus(Duration.between(start, real.instant()).multipliedBy(factor));
    }
}
