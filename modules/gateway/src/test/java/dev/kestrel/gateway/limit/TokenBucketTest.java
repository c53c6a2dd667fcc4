package dev.kestrel.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class TokenBucketTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private final TokenBucket bucket = new TokenBucket(10, 20, NOW);

    @Test
    void aBurstPassesAtOnce() {
        assertThat(bucket.take(20, NOW)).isZero();
    }

    @Test
    void whatGoesOverIsWaitedFor() {
        bucket.take(20, NOW);
        assertThat(bucket.take(5, NOW)).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.take(5, NOW.plusMillis(500))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aQuietTimeFillsItOnlyToTheBurst() {
        bucket.take(20, NOW);
        assertThat(bucket.take(20, NOW.plusSeconds(3600))).isZero();
        assertThat(bucket.take(1, NOW.plusSeconds(3600))).isPositive();
    }

    @Test
    void oneThatMayRefuseChargesNothingThen() {
        assertThat(bucket.tryTake(20, NOW)).isTrue();
        assertThat(bucket.tryTake(1, NOW)).isFalse();
        assertThat(bucket.tryTake(1, NOW.plusMillis(100))).isTrue();
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        bucket.take(20, NOW);
        assertThat(bucket.tryTake(1, NOW.minusSeconds(60))).isFalse();
    }

    @Test
    void onlySoManyKeysAreRemembered() {
        var buckets = new Buckets<Integer>(3, () -> new TokenBucket(1, 1, NOW));
        var first = buckets.of(0);
        for (int key = 0; key < 4; key++) {
            buckets.of(key);
        }
        assertThat(buckets.size()).isEqualTo(3);
        assertThat(buckets.of(0)).as("the least recently used is forgotten").isNotSameAs(first);
    }
}
