package dev.kestrel.domain.detection.workload;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;

/** A workload should have pods and none is ready, or none is there at all. */
public final class NoneReady {
    private static final String TYPE = "pod.not_ready.all";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "none-ready",
                    List.of(TYPE),
                    Set.of(
                            "Deployment",
                            "StatefulSet",
                            "DaemonSet",
                            "ReplicaSet",
                            "ReplicationController",
                            "Pod"),
                    NoneReady::look);

    private NoneReady() {}

    private static List<Sample> look(ResourceView workload) {
        if (workload.ref().kind().equals("Pod")) {
            return judge(workload, 1, isReady(workload.object()) || isOver(workload) ? 1 : 0);
        }
        var object = workload.object();
        if (!workload.isObserved() || !object.at("status").isPresent()) {
            return List.of();
        }
        return workload.ref().kind().equals("DaemonSet")
                ? judge(
                        workload,
                        object.at("status", "desiredNumberScheduled").number(0),
                        object.at("status", "numberReady").number(0))
                : judge(
                        workload,
                        object.at("spec", "replicas").number(1),
                        object.at("status", "readyReplicas").number(0));
    }

    private static boolean isReady(KubeObject pod) {
        return pod.at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals("Ready"))
                .anyMatch(condition -> condition.at("status").text().equals("True"));
    }

    private static boolean isOver(ResourceView pod) {
        return pod.object().at("status", "phase").text().equals("Succeeded")
                || pod.object().at("metadata", "deletionTimestamp").isPresent();
    }

    private static List<Sample> judge(ResourceView workload, long wanted, long ready) {
        if (wanted == 0 || ready > 0) {
            return workload.good(TYPE);
        }
        var summary =
                wanted == 1
                        ? "The only pod of %s is not ready".formatted(workload.ref())
                        : "None of the %d pods of %s is ready".formatted(wanted, workload.ref());
        var excerpt =
                "%d wanted, %d there, 0 ready"
                        .formatted(wanted, workload.topology().instanceCount(workload.ref()));
        return workload.bad(TYPE, List.of(workload.proof(TYPE, summary, excerpt)));
    }
}
