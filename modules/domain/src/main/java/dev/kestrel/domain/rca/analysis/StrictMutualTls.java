package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.mesh.PlaintextCalls;
import dev.kestrel.domain.topology.mesh.PlaintextCalls.Refused;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy demands mutual TLS on a port that somebody calls who is not in the mesh: the connection
 * is reset before a word is said.
 */
public final class StrictMutualTls implements Analyzer {
    private static final int MOST_SHOWN = 8;

    @Override
    public String id() {
        return "strict_where_a_caller_is_plaintext";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        if (topology.find(subject).isEmpty()) {
            return Analysis.unclear(subject + " is gone");
        }
        var refused = PlaintextCalls.refusedBy(subject, topology);
        if (refused.isEmpty()) {
            return Analysis.absent(
                    "%s refuses no caller that is known: each may call as it does"
                            .formatted(subject),
                    List.of());
        }
        var first = refused.getFirst();
        var summary =
                "%s demands mutual TLS on port %d of %s, and %s is not in the mesh"
                        .formatted(subject, first.port(), first.called(), first.caller());
        var excerpt =
                refused.stream()
                        .limit(MOST_SHOWN)
                        .map(Refused::toString)
                        .collect(Collectors.joining("\n"));
        return Analysis.present(
                summary,
                List.of(
                        new Analysis.Flip(subject, "spec.mtls.mode"),
                        new Analysis.Flip(
                                subject, "spec.portLevelMtls.%d.mode".formatted(first.port()))),
                List.of(PodView.evidence(this, subject, now, summary, excerpt)));
    }
}
