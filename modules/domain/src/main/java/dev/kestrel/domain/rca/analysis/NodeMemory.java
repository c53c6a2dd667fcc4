package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;

/**
 * A node ran out of memory although nothing that was evicted there used more than it requests: what
 * took the memory is not a pod, or more is promised than the node has.
 */
public final class NodeMemory implements Analyzer {
    @Override
    public String id() {
        return "nobody_evicted_exceeds_its_request";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var here =
                Evicted.lately(topology, symptoms, now).stream()
                        .filter(one -> one.node().equals(subject.name()))
                        .toList();
        if (here.isEmpty()) {
            return Analysis.unclear("No pod was evicted from %s".formatted(subject));
        }
        var worst = Evicted.worst(here);
        if (worst.excess() > 0) {
            return Analysis.absent(
                    "%s was far beyond its request on %s".formatted(worst.workload(), subject),
                    List.of());
        }
        var summary =
                "%d pods were evicted from %s, and none used more than it requests"
                        .formatted(here.size(), subject);
        return Analysis.present(
                summary,
                List.of(),
                List.of(PodView.evidence(this, subject, now, summary, worst.message())));
    }
}
