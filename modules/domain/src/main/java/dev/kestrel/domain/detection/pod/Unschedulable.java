package dev.kestrel.domain.detection.pod;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.PodDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;

import java.util.List;

/**
 * No node takes a pod, and which of the scheduler's reasons say so. Constraints that exclude only
 * some of the nodes, and have stood for long, explain nothing: the rest had to take it.
 */
public final class Unschedulable {
    private static final String TYPE = "pod.unschedulable";
    private static final String RESOURCES = "pod.insufficient_resources";
    private static final String CONSTRAINTS = "pod.node_constraints_unmet";

    public static final Detector DETECTOR =
            new PodDetector(
                    "unschedulable", List.of(TYPE, RESOURCES, CONSTRAINTS), Unschedulable::look);

    private Unschedulable() {}

    private static List<Sample> look(PodView pod) {
        var scheduled = pod.condition("PodScheduled");
        if (!scheduled.isPresent()) {
            return List.of();
        }
        if (!scheduled.at("status").text().equals("False")
                || !scheduled.at("reason").text().equals("Unschedulable")) {
            return List.of(pod.good(TYPE), pod.good(RESOURCES), pod.good(CONSTRAINTS));
        }
        var message = scheduled.at("message").text();
        var verdict = SchedulerVerdict.parse(message);
        return List.of(
                bad(pod, TYPE, "No node takes pod " + pod.name(), message),
                verdict.lacksResources()
                        ? bad(pod, RESOURCES, verdict.resources(), message)
                        : pod.good(RESOURCES),
                verdict.excludesAll() || isNew(verdict, pod)
                        ? bad(pod, CONSTRAINTS, verdict.constraints(), message)
                        : pod.good(CONSTRAINTS));
    }

    private static boolean isNew(SchedulerVerdict verdict, PodView pod) {
        return verdict.excludesSome() && Placement.hasLatelyChanged(pod);
    }

    private static Sample bad(PodView pod, String type, String summary, String message) {
        return pod.bad(type, Stage.SCHEDULE, List.of(pod.proof(type, pod.at(), summary, message)));
    }
}
