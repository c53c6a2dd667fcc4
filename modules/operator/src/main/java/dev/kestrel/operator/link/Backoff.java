package dev.kestrel.operator.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling, capped, and jittered over half of it, so that
 * a fleet does not come back at once.
 */
final class Backoff {
    private static final int DOUBLINGS = 16;

    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    Duration next() {
        var doubled = first.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        failures++;
        var most = doubled.compareTo(cap) < 0 ? doubled : cap;
        return Duration.ofMillis((long) (most.toMillis() * (0.5 + random.nextDouble() / 2)));
    }

    void reset() {
        failures = 0;
    }
}
