package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Eviction;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A node ran out of memory, and of all that the kubelet evicted there this workload was furthest
 * beyond what it requests. The scheduler only counts requests, so this is what it could not know.
 */
public final class NodeHog implements Analyzer {
    private static final int MOST_SHOWN = 8;

    @Override
    public String id() {
        return "furthest_beyond_its_request";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var all = Evicted.lately(topology, symptoms, now);
        var own = all.stream().filter(one -> one.workload().equals(subject)).toList();
        if (own.isEmpty()) {
            return Analysis.unclear("No pod of %s was evicted".formatted(subject));
        }
        var worst = Evicted.worst(own);
        if (worst.excess() <= 0) {
            return Analysis.absent(
                    "%s was evicted, but used no more than it requests".formatted(subject),
                    List.of());
        }
        var rival =
                Evicted.worst(all.stream().filter(one -> one.node().equals(worst.node())).toList());
        return rival.excess() > worst.excess()
                ? Analysis.absent(
                        "%s was further beyond its request on %s than %s"
                                .formatted(rival.workload(), worst.node(), subject),
                        List.of())
                : present(subject, worst, all, topology, now);
    }

    private Analysis present(
            ResourceRef subject,
            Eviction worst,
            List<Eviction> all,
            Topology topology,
            Instant now) {
        var summary =
                "%s ran out of memory, and of all evicted there %s was furthest beyond its request, by %s"
                        .formatted(worst.node(), subject, Quantity.bytes(worst.excess()));
        var excerpt =
                all.stream()
                        .filter(one -> one.node().equals(worst.node()))
                        .limit(MOST_SHOWN)
                        .map(one -> one.workload() + ": " + one.message())
                        .collect(Collectors.joining("\n"));
        var flips =
                topology.find(subject).flatMap(PodTemplate::of).isEmpty()
                        ? List.<Analysis.Flip>of()
                        : worst.over().stream().map(usage -> flip(subject, usage)).toList();
        return Analysis.present(
                summary, flips, List.of(PodView.evidence(this, subject, now, summary, excerpt)));
    }

    private static Analysis.Flip flip(ResourceRef subject, Eviction.Usage usage) {
        return new Analysis.Flip(
                subject, PodView.path(subject, usage.container(), "resources.requests.memory"));
    }
}
