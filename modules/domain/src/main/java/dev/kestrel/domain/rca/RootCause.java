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
        var scene = new Scene(symptoms, elsewhere, topology, visibility, model, parameters, now);
        var expansion = new Expansion(scene);
        var candidates = new Candidates(scene, expansion);
        var best = candidates.best();
        var causes = best.stream().map(Candidates.Candidate::cause).toList();
        var graph = Graph.of(scene, causes, expansion);
        var analyses = Signatures.of(scene, causes);
        var hypotheses = new Hypotheses(scene, graph, best, Regions.of(graph), analyses);
        var ranking = Ranking.of(hypotheses, parameters);
        var conclusion = new Conclusion(scene, graph, hypotheses, analyses);
        return new Inference(
                conclusion.of(ranking.all()),
                conclusion.evidence(hypotheses.switches()),
                new Inference.Effort(
                        candidates.found(),
                        candidates.found() - best.size(),
                        hypotheses.nodes(),
                        expansion.cut(),
                        hypotheses.work(),
                        ranking.cut()));
    }
}
