package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.PodView.Container;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Times;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container ended by itself with an error. Where nothing starts it again the state stays, and is
 * a level; a Job retries by itself and says when it gives up.
 */
public final class ExitedWithError {
    private static final String TYPE = "container.exited_with_error";

    public static final Detector DETECTOR =
            new PodDetector("exited-with-error", List.of(TYPE), ExitedWithError::look);

    private ExitedWithError() {}

    private static List<Sample> look(PodView pod) {
        // Whoever is evicted did not end by itself.
        if (pod.isOfJob() || pod.object().at("status", "reason").text().equals("Evicted")) {
            return List.of();
        }
        var alone = pod.workload().equals(pod.object().ref());
        return alone && pod.phase().equals("Failed")
                ? pod.containers().stream()
                        .filter(container -> isError(container.status().at("state", "terminated")))
                        .limit(1)
                        .map(container -> stayed(pod, container))
                        .toList()
                : pod.containers().stream().flatMap(container -> ends(pod, container)).toList();
    }

    private static Stream<Sample> ends(PodView pod, Container container) {
        return Stream.of("state", "lastState")
                .map(run -> container.status().at(run, "terminated"))
                .filter(ExitedWithError::isError)
                .map(end -> ended(pod, container, end));
    }

    /** A kill for memory is a symptom of its own. */
    private static boolean isError(Fields end) {
        return end.at("exitCode").number(0) != 0 && !end.at("reason").text().equals("OOMKilled");
    }

    private static Sample stayed(PodView pod, Container container) {
        var end = container.status().at("state", "terminated");
        return pod.bad(TYPE, Stage.START, List.of(proof(pod, container, end, pod.at())));
    }

    private static Sample ended(PodView pod, Container container, Fields end) {
        var at = Times.read(end.at("finishedAt")).orElse(pod.at());
        return pod.happened(TYPE, at, Stage.START, List.of(proof(pod, container, end, at)));
    }

    private static Evidence proof(PodView pod, Container container, Fields end, Instant at) {
        var message = end.at("message").text();
        return pod.proof(
                TYPE,
                at,
                "Container %s of pod %s ended with exit code %s"
                        .formatted(container.name(), pod.name(), end.at("exitCode").text()),
                "terminated{reason=%s, exitCode=%s}%s"
                        .formatted(
                                end.at("reason").text("?"),
                                end.at("exitCode").text(),
                                message.isEmpty() ? "" : " " + message));
    }
}
