package dev.kestrel.domain.detection.workload;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.symptom.Sample;

import java.util.List;
import java.util.Set;

/**
 * A rollout made no progress within its deadline, even though the old pods may still serve. A
 * verdict on an older generation says nothing of this one.
 */
public final class RolloutStuck {
    private static final String TYPE = "rollout.stuck";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "rollout-stuck", List.of(TYPE), Set.of("Deployment"), RolloutStuck::look);

    private RolloutStuck() {}

    private static List<Sample> look(ResourceView deployment) {
        var progressing = deployment.condition("Progressing");
        if (!deployment.isObserved() || !progressing.isPresent()) {
            return List.of();
        }
        if (!progressing.at("reason").text().equals("ProgressDeadlineExceeded")) {
            return deployment.good(TYPE);
        }
        var summary = "The rollout of " + deployment.ref() + " makes no progress";
        var excerpt = "ProgressDeadlineExceeded: " + progressing.at("message").text();
        return deployment.bad(TYPE, List.of(deployment.proof(TYPE, summary, excerpt)));
    }
}
