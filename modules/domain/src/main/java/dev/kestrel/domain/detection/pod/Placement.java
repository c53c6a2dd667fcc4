package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether somebody lately changed where a pod may run: on its workload, or on a node. */
final class Placement {
    /** As for symptoms: what stood longer explains nothing that begins now. */
    private static final Duration LATELY = Duration.ofHours(2);

    private static final List<String> OF_NODES =
            List.of("spec.taints", "spec.unschedulable", "metadata.labels");
    private static final List<String> OF_PODS =
            List.of(
                    "spec.template.spec.nodeSelector",
                    "spec.template.spec.affinity",
                    "spec.template.spec.tolerations",
                    "spec.template.spec.topologySpreadConstraints");

    private Placement() {}

    static boolean hasLatelyChanged(PodView pod) {
        var since = pod.at().minus(LATELY);
        var topology = pod.topology();
        return touches(topology.changes(pod.workload()), OF_PODS, since)
                || topology.all("Node").stream()
                        .map(KubeObject::ref)
                        .anyMatch(node -> touches(topology.changes(node), OF_NODES, since));
    }

    private static boolean touches(List<Change> changes, List<String> paths, Instant since) {
        return changes.stream()
                .filter(
                        change ->
                                change.kind() == Change.Kind.EDITED && !change.at().isBefore(since))
                .flatMap(change -> change.fields().stream())
                .anyMatch(field -> paths.stream().anyMatch(field.path()::startsWith));
    }
}
