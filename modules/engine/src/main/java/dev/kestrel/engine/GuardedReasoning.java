package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.signal.ClusterRef;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

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

    /**
     * Takes an input in.
     *
     * @param read reads it; what trips over that is skipped as well
     */
    List<Effect> on(Supplier<Input> read, Instant at) {
        try {
            return reasoning.on(read.get(), at);
        } catch (RuntimeException fault) {
            LOG.atError()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("at", at)
                    .setCause(fault)
                    .log("the reasoning tripped, an input was skipped; please report this");
            return List.of();
        }
    }

    Instant nextDue() {
        return reasoning.nextDue();
    }

    long refusedObjects() {
        return reasoning.refusedObjects();
    }

    ClusterReasoning.Snapshot snapshot() {
        return reasoning.snapshot();
    }
}
