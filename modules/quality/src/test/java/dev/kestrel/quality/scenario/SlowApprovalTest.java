package dev.kestrel.quality.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.simulator.scenario.Scenarios;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

class SlowApprovalTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().await();
    }

    /**
     * By then the effects are there as well, and take longer to go than what the fix is to clear.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache-selector-edited",
                "dns-scaled-to-zero",
                "network-agent-image-missing"
            })
    void aPersonWhoThinksForAMinuteHasItMendedAsWell(String name) {
        var scenario = Scenarios.named(name).orElseThrow();
        var play = Play.of(scenario, Duration.ofMinutes(1), vertx, Instant.now());
        assertThat(play.problems()).as(() -> String.join("\n", play.story())).isEmpty();
    }
}
