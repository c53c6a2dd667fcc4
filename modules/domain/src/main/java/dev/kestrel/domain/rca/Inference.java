package dev.kestrel.domain.rca;

import dev.kestrel.domain.symptom.Evidence;

import java.util.List;

/**
 * A diagnosis with what it was computed from and what it cost.
 *
 * @param evidence everything the diagnosis refers to by id that is not already evidence of a
 *     symptom: analyses and changes
 */
public record Inference(Diagnosis diagnosis, List<Evidence> evidence, Effort effort) {
    public Inference {
        evidence = List.copyOf(evidence);
    }

    /**
     * What an inference cost, and what it left out because of a limit; all counts.
     *
     * @param candidates causes that were considered
     * @param candidatesCut candidates beyond the limit
     * @param nodes of the merged causal graph
     * @param nodesCut predicted states beyond the limit
     * @param work evaluated nodes
     * @param hypothesesCut pairs left out because the work was used up
     */
    public record Effort(
            int candidates,
            int candidatesCut,
            int nodes,
            int nodesCut,
            long work,
            int hypothesesCut) {}
}
