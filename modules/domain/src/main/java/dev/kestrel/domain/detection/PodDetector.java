package dev.kestrel.domain.detection;

import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.function.Function;

/**
 * Looks at one pod whenever it changes. No sample means that it cannot tell.
 *
 * @param look what it says of a pod that is not leaving
 */
public record PodDetector(String id, List<String> raises, Function<PodView, List<Sample>> look)
        implements Detector {
    public PodDetector {
        raises = List.copyOf(raises);
    }

    /** What it says of a pod that was seen just now. */
    List<Sample> examine(PodView pod) {
        // What happens to a pod on its way out is no symptom: drains and rollouts end here.
        return pod.isLeaving() ? raises.stream().map(pod::good).toList() : look.apply(pod);
    }
}
