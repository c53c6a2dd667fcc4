package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.ClusterRef;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;

/**
 * One cluster's reasoning behind a guard: an input that it trips over is skipped and told of
 * loudly, and neither this cluster nor another stands still because of it. A replay trips at the
 * same place and skips the same, so that it concludes the same.
 */
final class GuardedReasoning {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedReasoning.class);

    private final ClusterRef cluster;
    private final ClusterReasoning reasoning;

    GuardedReasoning(ClusterRef cluster, ClusterReasoning reasoning) {
        this.cluster = cluster;
        this.reasoning = reasoning;
    }

    List<Effect> on(Input input, Instant at) {
        try {
            return reasoning.on(input, at);
        } catch (RuntimeException fault) {
            return tripped("an input was skipped", input.getClass().getSimpleName(), at, fault);
        }
    }

    List<Effect> advance(Instant until) {
        try {
            return reasoning.advance(until);
        } catch (RuntimeException fault) {
            return tripped("time could not pass", "timer", until, fault);
        }
    }

    Instant nextDue() {
        return reasoning.nextDue();
    }

    ClusterReasoning.Snapshot snapshot() {
        return reasoning.snapshot();
    }

    private List<Effect> tripped(String what, String on, Instant at, RuntimeException fault) {
        LOG.atError()
                .addKeyValue("cluster", cluster)
                .addKeyValue("on", on)
                .addKeyValue("at", at)
                .setCause(fault)
                .log("the reasoning tripped, {}; please report this", what);
        return List.of();
    }
}
