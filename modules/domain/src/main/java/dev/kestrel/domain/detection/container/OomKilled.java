package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Times;

import java.util.List;
import java.util.stream.Stream;

/**
 * The kernel killed a container for its memory. Only the kubelet's own word counts: exit code 137
 * alone is any kill, for example one after a failed liveness probe.
 */
public final class OomKilled {
    private static final String TYPE = "container.oom_killed";

    public static final Detector DETECTOR =
            new PodDetector("oom-killed", List.of(TYPE), OomKilled::look);

    private OomKilled() {}

    private static List<Sample> look(PodView pod) {
        return pod.containers().stream()
                .flatMap(
                        container ->
                                Stream.of("state", "lastState")
                                        .map(run -> container.status().at(run, "terminated"))
                                        .filter(OomKilled::isKill)
                                        .map(end -> killed(pod, container, end)))
                .toList();
    }

    private static boolean isKill(Fields end) {
        return end.at("reason").text().equals("OOMKilled");
    }

    private static Sample killed(PodView pod, PodView.Container container, Fields end) {
        var at = Times.read(end.at("finishedAt")).orElse(pod.at());
        var evidence =
                pod.proof(
                        TYPE,
                        at,
                        "Container %s of pod %s was killed for its memory%s"
                                .formatted(container.name(), pod.name(), limit(pod, container)),
                        "terminated{reason=OOMKilled, exitCode=%s}, restartCount=%s"
                                .formatted(
                                        end.at("exitCode").text("?"),
                                        container.status().at("restartCount").text("0")));
        return pod.happened(TYPE, at, Stage.LIVE, List.of(evidence));
    }

    private static String limit(PodView pod, PodView.Container container) {
        return Stream.of("initContainers", "containers")
                .flatMap(sort -> pod.object().at("spec", sort).items().stream())
                .filter(spec -> spec.at("name").text().equals(container.name()))
                .map(spec -> spec.at("resources", "limits", "memory").text())
                .filter(limit -> !limit.isEmpty())
                .findFirst()
                .map(" (limit %s)"::formatted)
                .orElse("");
    }
}
