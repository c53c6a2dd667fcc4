package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.EventView;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.ArrayList;
import java.util.List;

/**
 * A pod has a node, but the runtime does not make it a sandbox there, and why. Only an event tells;
 * it counts as the level, which {@link Sandboxed} ends.
 */
public final class SandboxRefused {
    public static final Detector DETECTOR =
            new MomentDetector(
                    "sandbox-refused",
                    SandboxRefusal.TYPES,
                    (signal, topology) ->
                            EventView.onPod(signal, topology)
                                    .filter(SandboxRefused::isRefusal)
                                    .map(SandboxRefused::refused)
                                    .orElse(List.of()));

    private SandboxRefused() {}

    /** An event may come late: what it tells of is over where the pod has its sandbox. */
    private static boolean isRefusal(EventView event) {
        return event.reason().equals("FailedCreatePodSandBox")
                && !Sandboxed.hasSandbox(event.pod());
    }

    private static List<Sample> refused(EventView event) {
        var samples = new ArrayList<Sample>();
        samples.add(bad(event, SandboxRefusal.FAILED));
        SandboxRefusal.of(event.message()).map(type -> bad(event, type)).ifPresent(samples::add);
        return samples;
    }

    /**
     * Whether it succeeds is the node's affair: that another pod of the template got further
     * elsewhere proves nothing, so the sample has no stage.
     */
    private static Sample bad(EventView event, String type) {
        var summary =
                "Pod %s gets no sandbox on %s"
                        .formatted(
                                event.pod().name(),
                                event.pod().object().at("spec", "nodeName").text("its node"));
        return event.pod().bad(type, Stage.NONE, List.of(event.proof(type, summary)));
    }
}
