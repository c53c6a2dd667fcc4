package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Eviction;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Evictions for memory that still say something about now. */
final class Evicted {
    private static final Duration LATELY = Duration.ofMinutes(30);

    private Evicted() {}

    static List<Eviction> lately(Topology topology, List<Symptom> symptoms, Instant now) {
        return symptoms.stream()
                .filter(symptom -> symptom.key().type().equals("pod.evicted_for_memory"))
                .flatMap(
                        symptom ->
                                Eviction.of(symptom.key().about(), now.minus(LATELY), topology)
                                        .stream())
                .toList();
    }

    /** The one furthest beyond its request; of equals the first by name. */
    static Eviction worst(List<Eviction> some) {
        return some.stream()
                .max(
                        Comparator.comparingLong(Eviction::excess)
                                .thenComparing(Eviction::workload, Comparator.reverseOrder()))
                .orElseThrow();
    }
}
