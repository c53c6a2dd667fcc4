package dev.kestrel.operator.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

final class BackoffTest {
    @Test
    void waitsDoubleUpToTheirCapAndAreNeverTheSameForAFleet() {
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(1));
        var most = 500L;
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next().toMillis()).isBetween(most / 2, most);
            most = Math.min(30_000, most * 2);
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(250L, 500L);
    }
}
