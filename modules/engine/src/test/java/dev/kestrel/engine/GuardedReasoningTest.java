package dev.kestrel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class GuardedReasoningTest {
    private static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");

    @Test
    void anInputThatItTripsOverIsSkippedAndTheNextIsTakenIn() {
        var tripping = begun();
        assertThat(tripping.on(GuardedReasoningTest::broken, T0.plusSeconds(1))).isEmpty();
        var after = lost(tripping);

        assertThat(after).isNotEmpty().isEqualTo(lost(begun()));
    }

    private static GuardedReasoning begun() {
        var guarded =
                new GuardedReasoning(
                        CLUSTER, ClusterReasoning.begin(CLUSTER, Thinking.with(CausalModel.EMPTY)));
        guarded.on(
                () ->
                        new Input.StreamOpened(
                                "s1", "boot", "1", "v1.36", false, List.of(), List.of()),
                T0);
        return guarded;
    }

    private static List<String> lost(GuardedReasoning guarded) {
        guarded.on(() -> new Input.StreamClosed("s1", true), T0.plusSeconds(2));
        return guarded.on(Input.TimePassed::new, T0.plusSeconds(120)).stream()
                .filter(Effect.IncidentRevised.class::isInstance)
                .map(revised -> ((Effect.IncidentRevised) revised).incident().title())
                .toList();
    }

    /** No wire carries such a batch; it stands for a mistake of ours. */
    @SuppressWarnings("NullAway")
    private static Input broken() {
        return new Input.Telemetry(null);
    }
}
