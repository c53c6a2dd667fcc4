package dev.kestrel.api.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rate with room for bursts, for each of the most recently used keys. Strangers cannot make it
 * remember more than so many. For one event loop.
 */
public final class Rates<K> {
    private static final int KEYS_AT_MOST = 10_000;

    private final double perSecond;
    private final double burst;
    private final Map<K, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                    return size() > KEYS_AT_MOST;
                }
            };

    private record Bucket(double level, Instant at) {}

    public Rates(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes one; zero when it was there, else how long until there is one. */
    public Duration take(K key, Instant now) {
        var level = level(key, now);
        if (level < 1) {
            buckets.put(key, new Bucket(level, now));
            return Duration.ofMillis((long) Math.ceil((1 - level) / perSecond * 1000));
        }
        buckets.put(key, new Bucket(level - 1, now));
        return Duration.ZERO;
    }

    /** Puts one back that was taken for nothing. */
    public void giveBack(K key, Instant now) {
        buckets.put(key, new Bucket(Math.min(burst, level(key, now) + 1), now));
    }

    private double level(K key, Instant now) {
        var bucket = buckets.get(key);
        if (bucket == null) {
            return burst;
        }
        var passed = Math.max(0, Duration.between(bucket.at(), now).toMillis() / 1000.0);
        return Math.min(burst, bucket.level() + passed * perSecond);
    }
}
