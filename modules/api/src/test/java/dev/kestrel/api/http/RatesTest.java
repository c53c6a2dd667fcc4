package dev.kestrel.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** A burst is let through, then the rate. */
class RatesTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    private final Rates<String> rates = new Rates<>(2, 3);

    @Test
    void theBurstIsTakenAndThenEachOneTakesItsTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(rates.take("a", NOW)).isZero();
        }

        assertThat(rates.take("a", NOW)).isEqualTo(Duration.ofMillis(500));
        assertThat(rates.take("a", NOW.plusMillis(499))).isPositive();
        assertThat(rates.take("a", NOW.plusMillis(500))).isZero();
        assertThat(rates.take("b", NOW)).isZero();
    }

    @Test
    void whatIsGivenBackIsThereAgainButNoMoreThanTheBurst() {
        rates.giveBack("a", NOW);
        for (int i = 0; i < 3; i++) {
            assertThat(rates.take("a", NOW)).isZero();
        }
        rates.giveBack("a", NOW);

        assertThat(rates.take("a", NOW)).isZero();
        assertThat(rates.take("a", NOW)).isPositive();
    }

    @Test
    void aClockThatGoesBackGivesNothingAway() {
        for (int i = 0; i < 3; i++) {
            rates.take("a", NOW);
        }

        assertThat(rates.take("a", NOW.minusSeconds(60))).isPositive();
    }

    @Test
    void strangersAreForgottenBeforeMemoryRunsOut() {
        for (int i = 0; i < 3; i++) {
            rates.take("first", NOW);
        }
        for (int i = 0; i < 10_000; i++) {
            rates.take("stranger " + i, NOW);
        }

        assertThat(rates.take("first", NOW)).isZero();
    }
}
