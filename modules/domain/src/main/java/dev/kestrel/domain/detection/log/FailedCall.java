package dev.kestrel.domain.detection.log;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.Proof;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.topology.Topology;

import java.util.List;

/** A workload logs that a call of its own failed, and how. */
public final class FailedCall {
    public static final Detector DETECTOR =
            new MomentDetector("failed-call", LogClass.TYPES, FailedCall::hear);

    private FailedCall() {}

    private static List<Sample> hear(Signal signal, Topology topology) {
        if (!(signal.observation() instanceof Observation.LogLine line)) {
            return List.of();
        }
        var types = LogClass.of(line.text());
        return types.isEmpty()
                ? List.of()
                : topology.find(line.pod()).stream()
                        .map(pod -> PodView.of(pod, signal.observedAt(), topology))
                        .filter(pod -> !pod.isLeaving())
                        .flatMap(pod -> types.stream().map(type -> failed(pod, type, line)))
                        .toList();
    }

    private static Sample failed(PodView pod, String type, Observation.LogLine line) {
        var evidence =
                Proof.of(
                        type,
                        line.pod(),
                        pod.at(),
                        Evidence.Origin.LOG,
                        "Container %s of pod %s logs a failed call"
                                .formatted(line.container(), pod.name()),
                        line.text());
        return pod.happened(type, pod.at(), Stage.NONE, List.of(evidence));
    }
}
