package dev.kestrel.domain.detection;

import dev.kestrel.domain.symptom.Sample;

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

    /** What it says of the resources that a signal can have changed. */
    List<Sample> examine(List<ResourceView> affected) {
        return affected.stream()
                .filter(view -> kinds.contains(view.ref().kind()))
                .flatMap(view -> look.apply(view).stream())
                .toList();
    }
}
