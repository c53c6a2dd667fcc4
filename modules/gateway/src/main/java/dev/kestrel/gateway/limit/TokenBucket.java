package dev.kestrel.gateway.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A rate with room for bursts. What was already received is charged even when it goes over, and the
 * receiver then waits until the debt is paid: nothing is lost, the sender is slowed down.
 */
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private double level;
    private Instant at;

    /**
     * @param perSecond more than 0
     * @param burst how much may come at once after a quiet time
     */
    public TokenBucket(double perSecond, double burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.level = burst;
        this.at = now;
    }

    /** Charges an amount; says how long to wait before the next one. */
    public synchronized Duration take(double amount, Instant now) {
        refill(now);
        level -= amount;
        return level >= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(-level / perSecond * NANOS));
    }

    /** Charges an amount if it is there; else charges nothing and says no. */
    public synchronized boolean tryTake(double amount, Instant now) {
        refill(now);
        if (level < amount) {
            return false;
        }
        level -= amount;
        return true;
    }

    private void refill(Instant now) {
        var passed = Duration.between(at, now);
        if (passed.isPositive()) {
            level = Math.min(burst, level + passed.toNanos() / NANOS * perSecond);
            at = now;
        }
    }
}
