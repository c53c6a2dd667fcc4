package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.EventView;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;

/**
 * The kubelet reports a failed probe. A startup probe that fails is a start that takes its time.
 */
public final class ProbeFailed {
    private static final String READINESS = "probe.readiness_failed";
    private static final String LIVENESS = "probe.liveness_failed";

    public static final Detector DETECTOR =
            new MomentDetector(
                    "probe-failed",
                    List.of(READINESS, LIVENESS),
                    (signal, topology) ->
                            EventView.onPod(signal, topology)
                                    .map(ProbeFailed::hear)
                                    .orElse(List.of()));

    private ProbeFailed() {}

    private static List<Sample> hear(EventView event) {
        if (event.reason().equals("Unhealthy")) {
            if (event.message().startsWith("Readiness probe")) {
                return failed(event, READINESS, Stage.READY);
            }
            if (event.message().startsWith("Liveness probe")) {
                return failed(event, LIVENESS, Stage.LIVE);
            }
        }
        return event.reason().equals("Killing") && event.message().contains("failed liveness probe")
                ? failed(event, LIVENESS, Stage.LIVE)
                : List.of();
    }

    private static List<Sample> failed(EventView event, String type, Stage stage) {
        var summary = "The kubelet's probe of pod " + event.pod().name() + " failed";
        var evidence = List.of(event.proof(type, summary));
        return List.of(event.pod().happened(type, event.at(), stage, evidence));
    }
}
