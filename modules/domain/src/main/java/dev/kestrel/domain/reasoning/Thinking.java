package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.incident.CorrelationParameters;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.topology.Topology;

/**
 * What reasoning is done with.
 *
 * @param model the compiled knowledge; its digest stands in every diagnosis
 * @param limits how much of a cluster is kept
 */
public record Thinking(
        CausalModel model,
        RootCause rootCause,
        CorrelationParameters correlation,
        Topology.Limits limits) {
    /** The usual numbers with this knowledge. */
    public static Thinking with(CausalModel model) {
        return new Thinking(
                model, new RootCause(), CorrelationParameters.DEFAULTS, Topology.Limits.DEFAULTS);
    }
}
