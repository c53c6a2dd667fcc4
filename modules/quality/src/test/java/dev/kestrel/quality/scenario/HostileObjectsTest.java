package dev.kestrel.quality.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.simulator.scenario.Scenarios;
import dev.kestrel.testkit.hostile.Onslaught;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

/** Objects, events, logs and flows that no cluster would tell, in the midst of a real fault. */
class HostileObjectsTest {
    private static final int INPUTS = 8;
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void end() {
        VERTX.close().await();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory-limit-lowered",
                "liveness-probe-and-affinity",
                "mutual-tls-and-policy"
            })
    @Timeout(600)
    void whateverAnObjectSaysTheReasoningGoesOn(String name) {
        var scenario = Scenarios.named(name).orElseThrow();
        var story = Play.of(scenario, Duration.ofSeconds(5), VERTX, Instant.now());

        assertThat(Onslaught.on(new ReasoningTarget(story), INPUTS)).isGreaterThan(INPUTS);
    }
}
