package dev.kestrel.domain.detection.workload;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Change.FieldChange;
import dev.kestrel.domain.topology.Edge;
import dev.kestrel.domain.topology.Relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Somebody scaled a workload to zero that a Service still sends its callers to. One that never had
 * pods, or that an autoscaler may take to zero, is as it should be.
 */
public final class ScaledToZero {
    private static final String TYPE = "workload.scaled_to_zero";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "scaled-to-zero",
                    List.of(TYPE),
                    Set.of("Deployment", "StatefulSet"),
                    ScaledToZero::look);

    private ScaledToZero() {}

    private static List<Sample> look(ResourceView workload) {
        var replicas = workload.object().at("spec", "replicas").number(1);
        if (replicas > 0 || !isServed(workload) || !hadPods(workload) || mayRest(workload)) {
            return workload.good(TYPE);
        }
        var evidence =
                new ArrayList<>(
                        List.of(
                                workload.proof(
                                        TYPE,
                                        workload.ref() + " is scaled to zero",
                                        "spec.replicas=0")));
        evidence.addAll(workload.changed(TYPE, "spec.replicas"));
        return workload.bad(TYPE, evidence);
    }

    private static boolean isServed(ResourceView workload) {
        return workload.topology().to(workload.ref(), Relation.SELECTS).stream()
                .anyMatch(edge -> edge.from().kind().equals("Service"));
    }

    private static boolean hadPods(ResourceView workload) {
        return workload.topology().changes(workload.ref()).stream()
                .flatMap(change -> change.fields().stream())
                .anyMatch(ScaledToZero::isToZero);
    }

    private static boolean isToZero(FieldChange field) {
        return field.path().equals("spec.replicas")
                && field.before().number(1) > 0
                && field.after().number(1) == 0;
    }

    private static boolean mayRest(ResourceView workload) {
        return workload.topology().to(workload.ref(), Relation.SCALES).stream()
                .map(Edge::from)
                .flatMap(scaler -> workload.topology().find(scaler).stream())
                .anyMatch(ScaledToZero::scalesToZero);
    }

    private static boolean scalesToZero(KubeObject scaler) {
        return scaler.at("spec", "minReplicas").number(1) == 0;
    }
}
