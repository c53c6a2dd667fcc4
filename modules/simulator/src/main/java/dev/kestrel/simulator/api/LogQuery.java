package dev.kestrel.simulator.api;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.node.LogFile;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.write.Refusal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a client wants of a container's log.
 *
 * @param tail lines from the end; negative for all
 * @param limitBytes bytes at most; negative for no limit
 */
record LogQuery(
        String container,
        boolean follow,
        boolean previous,
        boolean timestamps,
        Instant since,
        long tail,
        long limitBytes) {
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    static LogQuery of(Target target, Instant now) {
        try {
            var seconds = target.parameter("sinceSeconds");
            var time = target.parameter("sinceTime");
            var since =
                    !seconds.isEmpty()
                            ? now.minusSeconds(Long.parseLong(seconds))
                            : time.isEmpty() ? Instant.MIN : Instant.parse(time);
            return new LogQuery(
                    target.parameter("container"),
                    target.flag("follow"),
                    target.flag("previous"),
                    target.flag("timestamps"),
                    since,
                    number(target, "tailLines"),
                    number(target, "limitBytes"));
        } catch (NumberFormatException | java.time.DateTimeException unreadable) {
            throw Refusal.badRequest("invalid log options: " + unreadable.getMessage());
        }
    }

    private static long number(Target target, String parameter) {
        var text = target.parameter(parameter);
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    /**
     * The log file meant.
     *
     * @throws Refusal when there is no such container, or it has no such log
     */
    LogFile file(Inside inside, KubeObject pod) {
        var name = chosen(pod);
        return inside.kubelets()
                .log(pod, name, previous)
                .orElseThrow(() -> Refusal.badRequest(absence(pod, name)));
    }

    private String chosen(KubeObject pod) {
        var names =
                Json.items(pod.at("spec", "containers")).stream()
                        .map(spec -> spec.path("name").asText())
                        .toList();
        if (container.isEmpty()) {
            if (names.size() > 1) {
                var list = String.join(" ", names);
                throw Refusal.badRequest(
                        "a container name must be specified for pod %s, choose one of: [%s]"
                                .formatted(pod.name(), list));
            }
            return names.getFirst();
        }
        var inits = Json.items(pod.at("spec", "initContainers")).stream();
        if (!names.contains(container)
                && inits.noneMatch(init -> init.path("name").asText().equals(container))) {
            throw Refusal.badRequest(
                    "container %s is not valid for pod %s".formatted(container, pod.name()));
        }
        return container;
    }

    private String absence(KubeObject pod, String name) {
        if (previous) {
            return "previous terminated container \"%s\" in pod \"%s\" not found"
                    .formatted(name, pod.name());
        }
        var reason = "ContainerCreating";
        for (var status : pod.at("status", "containerStatuses")) {
            if (status.path("name").asText().equals(name)) {
                reason = status.at("/state/waiting/reason").asText(reason);
            }
        }
        var why =
                switch (reason) {
                    case "ErrImagePull" -> "image can't be pulled";
                    case "ImagePullBackOff" -> "trying and failing to pull image";
                    default -> reason;
                };
        return "container \"%s\" in pod \"%s\" is waiting to start: %s"
                .formatted(name, pod.name(), why);
    }

    /** The lines asked for among those there are now. */
    List<LogFile.Line> first(LogFile file) {
        var lines = file.from(0).stream().filter(line -> !line.at().isBefore(since)).toList();
        return tail < 0 || lines.size() <= tail
                ? lines
                : lines.subList((int) (lines.size() - tail), lines.size());
    }

    String text(List<LogFile.Line> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            if (timestamps) {
                text.append(NANOS.format(line.at())).append(' ');
            }
            text.append(line.text()).append('\n');
        }
        return limitBytes < 0 || text.length() <= limitBytes
                ? text.toString()
                : text.substring(0, (int) limitBytes);
    }
}
