package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/** Decides what a fix made worse. */
final class Worsening {
    private Worsening() {}

    /**
     * Symptoms that came up on what the fix touches after it was applied, and that it was not meant
     * to clear.
     */
    static List<SymptomKey> of(Remediation remediation, List<Symptom> live, Topology topology) {
        if (remediation.phase() != Phase.VERIFYING) {
            return List.of();
        }
        var applied = remediation.history().getLast().at();
        var target = topology.logical(remediation.plan().manifest().target());
        var touched = new ArrayList<>(List.of(target));
        topology.to(target, Relation.SELECTS).forEach(edge -> touched.add(edge.from()));
        topology.from(target, Relation.SELECTS).forEach(edge -> touched.add(edge.to()));
        var meant =
                remediation.plan().postConditions().stream()
                        .map(Plan.PostCondition::clears)
                        .toList();
        return live.stream()
                .filter(symptom -> symptom.state() == Symptom.State.ACTIVE)
                .filter(symptom -> symptom.onsetLatest().isAfter(applied))
                .map(Symptom::key)
                .filter(key -> touched.contains(key.about()) && !meant.contains(key))
                .toList();
    }
}
