package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image cannot be pulled because it does not exist. The image that the container ran before
 * does, so that is put back.
 */
final class RollBackImage implements Fix {
    private static final Set<String> PULL_FAILURES =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName");

    @Override
    public String id() {
        return "fix.roll_back_image";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var container :
                Workloads.containersWhere(workload, topology, RollBackImage::cannotBePulled)) {
            var name = container.at("name").text();
            var path = Workloads.path(name, "image");
            Workloads.earlierValues(workload, path, topology).stream()
                    .map(Fields::text)
                    .findFirst()
                    .ifPresent(
                            image -> {
                                edits.add(Edit.of(path, image));
                                reasons.add(
                                        "Image %s of container %s cannot be found; the revision before ran %s."
                                                .formatted(
                                                        container.at("image").text(), name, image));
                            });
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                edits,
                                "Roll the image of %s back".formatted(workload.ref()),
                                String.join(" ", reasons),
                                List.of(Workloads.rollout(workload, topology))));
    }

    private static boolean cannotBePulled(Fields status) {
        return PULL_FAILURES.contains(status.at("state", "waiting", "reason").text());
    }
}
