package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.topology.Eviction;

import java.util.List;

/**
 * The kubelet ended a pod because its node ran out of memory. The pod stays as a failed one long
 * after, so only the moment counts.
 */
public final class EvictedForMemory {
    private static final String TYPE = "pod.evicted_for_memory";

    public static final Detector DETECTOR =
            new PodDetector("evicted-for-memory", List.of(TYPE), EvictedForMemory::look);

    private EvictedForMemory() {}

    private static List<Sample> look(PodView pod) {
        return Eviction.of(pod.object(), pod.workload()).stream()
                .map(eviction -> evicted(pod, eviction))
                .toList();
    }

    private static Sample evicted(PodView pod, Eviction eviction) {
        var summary =
                "Pod %s was evicted, because %s ran out of memory"
                        .formatted(pod.name(), eviction.node());
        var evidence = pod.proof(TYPE, eviction.at(), summary, eviction.message());
        return pod.happened(TYPE, eviction.at(), Stage.NONE, List.of(evidence));
    }
}
