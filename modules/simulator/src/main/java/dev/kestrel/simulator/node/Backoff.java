package dev.kestrel.simulator.node;

import java.time.Duration;
import java.time.Instant;

/** client-go's back-off for one key: doubles at each use, and is forgotten after a long quiet. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration current = Duration.ZERO;
    private Instant updated = Instant.MIN;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Whether too little time has passed since something failed. */
    boolean isWaiting(Instant failed, Instant now) {
        return !isForgotten(failed) && failed.plus(current).isAfter(now);
    }

    /** Notes another failure. */
    void next(Instant failed, Instant now) {
        if (isForgotten(failed)) {
            current = first;
        } else {
            var doubled = current.multipliedBy(2);
            current = doubled.compareTo(longest) > 0 ? longest : doubled;
        }
        updated = now;
    }

    Duration current() {
        return current;
    }

    private boolean isForgotten(Instant failed) {
        return current.isZero() || failed.isAfter(updated.plus(longest.multipliedBy(2)));
    }
}
