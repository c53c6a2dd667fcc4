package dev.kestrel.operator.source.log;

import java.time.Duration;
import java.time.Instant;

/** Lets a burst and then so many a second through. */
final class RateLimit {
    private final double perSecond;
    private final double burst;
    private double tokens;
    private Instant last;

    RateLimit(double perSecond, double burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.last = now;
    }

    /** True when one more may pass now. */
    boolean allows(Instant now) {
        var since = Duration.between(last, now).toNanos() / 1e9;
        tokens = Math.min(burst, tokens + Math.max(0, since) * perSecond);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
