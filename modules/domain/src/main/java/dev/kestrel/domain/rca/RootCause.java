package dev.kestrel.domain.rca;

import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.visibility.Visibility;

import java.time.Instant;
import java.util.List;

/**
 * Explains the symptoms of an incident: which mechanisms at which resources brought them about, how
 * probable that is, and through which chain of effects. Pure and deterministic; the work is
 * bounded.
 */
public final class RootCause {
    private final Parameters parameters;

    public RootCause() {
        this(Parameters.DEFAULTS);
    }

    public RootCause(Parameters parameters) {
        this.parameters = parameters;
    }

    /** {@link #infer} for an incident that is alone in its cluster. */
    public Diagnosis diagnose(
            List<Symptom> symptoms,
            Topology topology,
            Visibility visibility,
            CausalModel model,
            Instant now) {
        return infer(symptoms, List.of(), topology, visibility, model, now).diagnosis();
    }

    /**
     * Explains an incident.
     *
     * @param symptoms of the incident; those that are not live count as gone
     * @param elsewhere live symptoms of the cluster's other incidents: predicted states among them
     *     are neither seen nor absent here
     * @param now event time
     */
    public Inference infer(
            List<Symptom> symptoms,
            List<Symptom> elsewhere,
            Topology topology,
            Visibility visibility,
            CausalModel model,
            Instant now) {
        return new Inference(
                Diagnosis.NONE,
                List.of(),
                new Inference.Effort(0, 0, 0, 0, parameters.limits().work(), 0));
    }
}
