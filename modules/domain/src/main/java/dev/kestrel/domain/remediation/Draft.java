package dev.kestrel.domain.remediation;

import dev.kestrel.domain.signal.KubeObject;

import java.util.List;

/**
 * What a fix would do, before it is made into a plan.
 *
 * @param target the live object
 * @param edits only the fields that change
 * @param explanation why these values
 * @param simulated what follows on the topology, computed
 */
public record Draft(
        KubeObject target,
        List<Edit> edits,
        String title,
        String explanation,
        List<String> simulated) {
    public Draft {
        edits = List.copyOf(edits);
        simulated = List.copyOf(simulated);
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("a draft that changes nothing: " + title);
        }
    }
}
