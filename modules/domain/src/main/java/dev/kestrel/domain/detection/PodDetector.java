package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Topology;

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

    @Override
    public List<Sample> examine(Signal signal, Topology topology) {
        return signal.observation() instanceof Observation.ObjectSeen(var object)
                        && object.ref().kind().equals("Pod")
                ? examine(PodView.of(object, signal.observedAt(), topology))
                : List.of();
    }

    private List<Sample> examine(PodView pod) {
        // What happens to a pod on its way out is no symptom: drains and rollouts end here.
        return pod.isLeaving() ? raises.stream().map(pod::good).toList() : look.apply(pod);
    }
}
