package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;

/** A pod of a workload is not ready. What runs to an end never has to be. */
public final class NotReady {
    private static final String TYPE = "pod.not_ready.some";

    public static final Detector DETECTOR =
            new PodDetector("pod-not-ready", List.of(TYPE), NotReady::look);

    private NotReady() {}

    private static List<Sample> look(PodView pod) {
        if (pod.isOfJob()) {
            return List.of();
        }
        var ready = pod.condition("Ready");
        if (ready.at("status").text().equals("True")) {
            return List.of(pod.good(TYPE, Stage.READY));
        }
        // A failed pod is over: its controller has made another one.
        var over = pod.phase().equals("Failed") && !pod.workload().equals(pod.object().ref());
        return over ? List.of(pod.good(TYPE)) : List.of(notReady(pod));
    }

    /** That it is not ready does not tell how far it got. */
    private static Sample notReady(PodView pod) {
        var ready = pod.condition("Ready");
        var excerpt =
                "Ready=%s, reason=%s %s"
                        .formatted(
                                ready.at("status").text("?"),
                                ready.at("reason").text("?"),
                                ready.at("message").text());
        return pod.bad(
                TYPE,
                Stage.NONE,
                List.of(pod.proof(TYPE, pod.at(), "Pod " + pod.name() + " is not ready", excerpt)));
    }
}
