package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;

/** A pod has its sandbox: what kept it from having one is over. */
public final class Sandboxed {
    private static final Set<String> BEFORE = Set.of("", "ContainerCreating", "PodInitializing");

    public static final Detector DETECTOR =
            new PodDetector("sandboxed", SandboxRefusal.TYPES, Sandboxed::look);

    private Sandboxed() {}

    /** Without a word of the kubelet, no sandbox only means that none is known of. */
    private static List<Sample> look(PodView pod) {
        return hasSandbox(pod) ? SandboxRefusal.TYPES.stream().map(pod::good).toList() : List.of();
    }

    /** As the kubelet says since 1.29; before that, a container that got on is the proof. */
    static boolean hasSandbox(PodView pod) {
        var told = pod.condition("PodReadyToStartContainers").at("status").text();
        return told.isEmpty()
                ? pod.containers().stream()
                        .anyMatch(one -> one.hasImage() || !BEFORE.contains(one.waiting()))
                : told.equals("True");
    }
}
