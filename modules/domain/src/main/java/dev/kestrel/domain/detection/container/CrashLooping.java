package dev.kestrel.domain.detection.container;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.PodView.Container;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;

/**
 * The kubelet holds back the next start of a container because it keeps ending. Between two crashes
 * it runs, so running for a moment does not end the symptom: its window outlasts the back-off.
 */
public final class CrashLooping {
    private static final String TYPE = "container.crash_looping";

    public static final Detector DETECTOR =
            new PodDetector("crash-looping", List.of(TYPE), CrashLooping::look);

    private CrashLooping() {}

    private static List<Sample> look(PodView pod) {
        var looping =
                pod.containers().stream()
                        .filter(container -> container.waiting().equals("CrashLoopBackOff"))
                        .findFirst();
        if (looping.isPresent()) {
            return List.of(looping(pod, looping.get()));
        }
        var settled =
                pod.containers().stream().allMatch(each -> each.isRunning() || each.hasCompleted());
        return settled && !pod.containers().isEmpty() ? List.of(pod.good(TYPE)) : List.of();
    }

    private static Sample looping(PodView pod, Container container) {
        var status = container.status();
        var last = status.at("lastState", "terminated");
        var evidence =
                pod.proof(
                        TYPE,
                        pod.at(),
                        "Container %s of pod %s keeps ending"
                                .formatted(container.name(), pod.name()),
                        "waiting{reason=CrashLoopBackOff}, lastState.terminated{reason=%s, exitCode=%s}"
                                .formatted(
                                        last.at("reason").text("?"),
                                        last.at("exitCode").text("?")));
        return pod.bad(TYPE, Stage.START, List.of(evidence));
    }
}
