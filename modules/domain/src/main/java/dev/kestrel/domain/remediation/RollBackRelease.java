package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Quantity;
import dev.kestrel.domain.topology.Topology;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container is killed at its memory limit since its image was changed, while the limit is no
 * lower than before: the new release needs more, perhaps without end. The image before is known to
 * have been content with it, so that is put back.
 */
final class RollBackRelease implements Fix {
    /** A release that lived longer before it was first killed is not plainly to blame. */
    private static final Duration SHOWS_WITHIN = Duration.ofHours(6);

    @Override
    public String id() {
        return "fix.roll_back_release";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var container : Workloads.containers(workload)) {
            var name = container.at("name").text();
            var path = Workloads.path(name, "image");
            release(workload, path, topology)
                    .filter(change -> isKilledAfter(change, name, workload, topology))
                    .filter(change -> !isLimitLoweredSince(change, name, workload, topology))
                    .map(change -> before(change, path))
                    .ifPresent(
                            image -> {
                                edits.add(Edit.of(path, image));
                                reasons.add(reason(container, image));
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

    private static String reason(Fields container, String before) {
        return ("Container %s is killed at its limit of %s since its image was changed from %s to"
                        + " %s; the limit was not lowered, so it is the new image that needs more.")
                .formatted(
                        container.at("name").text(),
                        container.at("resources", "limits", "memory").text(),
                        before,
                        container.at("image").text());
    }

    /** The last change of the image. */
    private static Optional<Change> release(KubeObject workload, String path, Topology topology) {
        return topology.changes(workload.ref()).stream()
                .filter(change -> !before(change, path).isEmpty())
                .findFirst();
    }

    private static String before(Change change, String path) {
        return change.fields().stream()
                .filter(field -> field.path().equals(path))
                .map(field -> field.before().text())
                .findFirst()
                .orElse("");
    }

    private static boolean isKilledAfter(
            Change change, String container, KubeObject workload, Topology topology) {
        return topology.instances(workload.ref()).stream()
                .flatMap(pod -> pod.at("status", "containerStatuses").items().stream())
                .filter(status -> status.at("name").text().equals(container))
                .flatMap(RollBackRelease::killings)
                .anyMatch(
                        at ->
                                !at.isBefore(change.at())
                                        && at.isBefore(change.at().plus(SHOWS_WITHIN)));
    }

    private static Stream<Instant> killings(Fields status) {
        return Stream.of("state", "lastState")
                .map(state -> status.at(state, "terminated"))
                .filter(ended -> ended.at("reason").text().equals("OOMKilled"))
                .flatMap(ended -> time(ended.at("finishedAt").text()).stream());
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean isLimitLoweredSince(
            Change release, String container, KubeObject workload, Topology topology) {
        var path = Workloads.path(container, "resources.limits.memory");
        return topology.changes(workload.ref()).stream()
                .filter(change -> !change.at().isBefore(release.at()))
                .flatMap(change -> change.fields().stream())
                .filter(field -> field.path().equals(path))
                .anyMatch(RollBackRelease::isLowered);
    }

    private static boolean isLowered(Change.FieldChange limit) {
        return limit.after().isPresent()
                && (!limit.before().isPresent()
                        || Quantity.units(limit.after().text())
                                < Quantity.units(limit.before().text()));
    }
}
