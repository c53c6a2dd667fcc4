package dev.kestrel.domain.detection.service;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Service's selector matches no pod and no workload's template. A workload that is only scaled to
 * zero is still selected.
 */
public final class SelectsNothing {
    private static final String TYPE = "service.selects_nothing";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "selects-nothing", List.of(TYPE), Set.of("Service"), SelectsNothing::look);

    private SelectsNothing() {}

    private static List<Sample> look(ResourceView service) {
        var selector = service.object().at("spec", "selector");
        if (selector.texts().isEmpty()
                || !service.topology().from(service.ref(), Relation.SELECTS).isEmpty()) {
            return service.good(TYPE);
        }
        if (service.topology().isLoading()) {
            return List.of();
        }
        var evidence = new ArrayList<Evidence>();
        evidence.add(
                service.proof(
                        TYPE,
                        "The selector of " + service.ref() + " matches no pod",
                        "spec.selector=" + selector));
        evidence.addAll(service.changed(TYPE, "spec.selector"));
        return service.bad(TYPE, evidence);
    }
}
