package dev.kestrel.domain.detection.service;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;

/** A Service with a selector has no ready endpoint, over all of its slices. */
public final class NoEndpoints {
    private static final String TYPE = "service.no_endpoints";
    private static final String SLICE = "EndpointSlice";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "no-endpoints", List.of(TYPE), Set.of("Service"), NoEndpoints::look);

    private NoEndpoints() {}

    private static List<Sample> look(ResourceView service) {
        if (service.object().at("spec", "selector").texts().isEmpty()) {
            return service.good(TYPE);
        }
        var endpoints = endpoints(service);
        if (endpoints.stream().anyMatch(NoEndpoints::isReady)) {
            return service.good(TYPE);
        }
        // Without any slice in the whole cluster we do not see slices.
        if (service.topology().isLoading() || service.topology().count(SLICE) == 0) {
            return List.of();
        }
        var summary = service.ref() + " has no ready endpoint";
        var excerpt = "%d endpoints, 0 ready".formatted(endpoints.size());
        return service.bad(TYPE, List.of(service.proof(TYPE, summary, excerpt)));
    }

    private static List<Fields> endpoints(ResourceView service) {
        return service.topology().owned(service.ref()).stream()
                .filter(owned -> owned.ref().kind().equals(SLICE))
                .map((KubeObject slice) -> slice.at("endpoints"))
                .flatMap(list -> list.items().stream())
                .toList();
    }

    /** An unknown readiness counts as ready: so the API defines it. */
    private static boolean isReady(Fields endpoint) {
        return endpoint.at("conditions", "ready").truth(true);
    }
}
