package dev.kestrel.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class CommandsInFlightTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private final CommandsInFlight inFlight = new CommandsInFlight(1, Duration.ofSeconds(10));

    @Test
    void anOutcomeMakesRoom() {
        assertThat(inFlight.add("a", NOW)).isTrue();
        assertThat(inFlight.add("b", NOW)).isFalse();

        inFlight.ended("a");

        assertThat(inFlight.add("b", NOW)).isTrue();
    }

    @Test
    void theSameCommandNeedsNoSecondPlace() {
        inFlight.add("a", NOW);
        assertThat(inFlight.add("a", NOW)).isTrue();
    }

    @Test
    void aCommandThatIsNeverAnsweredDoesNotTakeItsPlaceForEver() {
        inFlight.add("a", NOW);
        assertThat(inFlight.add("b", NOW.plusSeconds(10))).isFalse();
        assertThat(inFlight.add("b", NOW.plusSeconds(11))).isTrue();
    }
}
