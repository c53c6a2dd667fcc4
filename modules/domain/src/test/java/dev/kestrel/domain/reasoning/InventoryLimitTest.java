package dev.kestrel.domain.reasoning;

import static dev.kestrel.domain.scenario.Given.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.Clusters.Health;
import dev.kestrel.domain.incident.CorrelationParameters;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.topology.Topology;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A cluster that is larger than what is kept of one is told that it is not seen whole. */
class InventoryLimitTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    private static final Thinking TWO_OBJECTS =
            new Thinking(
                    CausalModel.EMPTY,
                    new RootCause(),
                    CorrelationParameters.DEFAULTS,
                    new Topology.Limits(2, 1_000_000, 9, 9, 9));

    private ClusterReasoning reasoning = ClusterReasoning.begin(CLUSTER, TWO_OBJECTS);
    private Instant now = T0;
    private long sequence;

    private void connect() {
        reasoning.on(
                new Input.StreamOpened("s", "boot", "1", "v1.36", false, List.of(), List.of()),
                now);
        health(
                new Observation.SourceReported(
                        "watch/Node", Observation.SourceState.LIVE, Duration.ZERO, ""));
    }

    /** The last that is told of the cluster's health within a minute of what is seen. */
    private Health health(Observation... seen) {
        var signals = new ArrayList<Signal>();
        for (var observation : seen) {
            signals.add(new Signal(now, observation));
        }
        var batch = new Batch("boot", ++sequence, signals);
        var effects = new ArrayList<>(reasoning.on(new Input.Telemetry(batch), now));
        now = now.plusSeconds(60);
        effects.addAll(reasoning.advance(now));
        return effects.stream()
                .filter(Effect.HealthChanged.class::isInstance)
                .map(changed -> ((Effect.HealthChanged) changed).health())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Observation node(String name) {
        return new Observation.ObjectSeen(object("Node/" + name));
    }

    @Test
    void atTheLimitAllIsSeenAndOneBeyondItIsSaid() {
        connect();
        var whole = health(node("node-1"), node("node-2"));
        assertThat(whole.visibility()).isEqualTo(1);
        assertThat(reasoning.refusedObjects()).isZero();

        var partly = health(node("node-3"));

        assertThat(partly.visibility()).isEqualTo(2.0 / 3);
        assertThat(partly.json()).contains("1 objects of watch/Node are left out");
        assertThat(reasoning.refusedObjects()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOutIsKnownAfterARestartAndForgottenWhenItIsGone() {
        connect();
        health(node("node-1"), node("node-2"), node("node-3"));
        reasoning = ClusterReasoning.restore(CLUSTER, TWO_OBJECTS, reasoning.snapshot());

        assertThat(health(node("node-1")).visibility()).isEqualTo(2.0 / 3);

        var gone = new Observation.ObjectGone(ResourceRef.parse("Node/node-3"), "");
        assertThat(health(gone).visibility()).isEqualTo(1);
    }
}
