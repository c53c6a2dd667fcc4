package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.PodView.Container;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;
import java.util.Set;

/** A container cannot be made as it is specified: a ConfigMap, a key or a right is missing. */
public final class ConfigError {
    private static final String TYPE = "container.config_error";
    private static final Set<String> REASONS =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    public static final Detector DETECTOR =
            new PodDetector("config-error", List.of(TYPE), ConfigError::look);

    private ConfigError() {}

    private static List<Sample> look(PodView pod) {
        var refused =
                pod.containers().stream()
                        .filter(container -> REASONS.contains(container.waiting()))
                        .findFirst();
        return refused.map(container -> List.of(refused(pod, container)))
                .orElseGet(() -> List.of(pod.good(TYPE)));
    }

    private static Sample refused(PodView pod, Container container) {
        var waiting = container.status().at("state", "waiting");
        var evidence =
                pod.proof(
                        TYPE,
                        pod.at(),
                        "Container %s of pod %s cannot be created"
                                .formatted(container.name(), pod.name()),
                        container.waiting() + ": " + waiting.at("message").text());
        return pod.bad(TYPE, Stage.CONFIG, List.of(evidence));
    }
}
