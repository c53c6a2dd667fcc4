package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at a logical resource whenever an object or an edge of it changes. No sample means that it
 * cannot tell.
 *
 * @param kinds kinds it looks at
 * @param look what it says of a resource that exists
 */
public record ResourceDetector(
        String id,
        List<String> raises,
        Set<String> kinds,
        Function<ResourceView, List<Sample>> look)
        implements Detector {
    public ResourceDetector {
        raises = List.copyOf(raises);
        kinds = Set.copyOf(kinds);
    }

    @Override
    public List<Sample> examine(Signal signal, Topology topology) {
        return Affected.by(signal, topology).stream()
                .filter(ref -> kinds.contains(ref.kind()))
                .flatMap(ref -> topology.find(ref).stream())
                .map(object -> new ResourceView(object, signal.observedAt(), topology))
                .flatMap(view -> look.apply(view).stream())
                .toList();
    }
}
