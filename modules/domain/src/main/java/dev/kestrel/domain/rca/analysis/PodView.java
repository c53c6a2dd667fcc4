package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what the analyzers ask of workloads and their pods. */
final class PodView {
    private PodView() {}

    /** Pod template of a workload; for a bare pod, itself. */
    static Fields template(KubeObject workload) {
        return switch (workload.ref().kind()) {
            case "Pod" -> workload.fields();
            case "CronJob" -> workload.at("spec", "jobTemplate", "spec", "template");
            default -> workload.at("spec", "template");
        };
    }

    /** Path of a container's field, from the workload's root. */
    static String path(ResourceRef workload, String container, String field) {
        return below(workload, "containers[%s].%s".formatted(container, field));
    }

    /** Path of a field of the pod's {@code spec}, from the workload's root. */
    static String below(ResourceRef workload, String field) {
        var root =
                switch (workload.kind()) {
                    case "Pod" -> "spec";
                    case "CronJob" -> "spec.jobTemplate.spec.template.spec";
                    default -> "spec.template.spec";
                };
        return root + "." + field;
    }

    /** Containers of a template, init containers first. */
    static List<Fields> containers(Fields template) {
        return Stream.concat(
                        template.at("spec", "initContainers").items().stream(),
                        template.at("spec", "containers").items().stream())
                .toList();
    }

    /** Container statuses of a pod, init containers first. */
    static List<Fields> statuses(KubeObject pod) {
        return Stream.concat(
                        pod.at("status", "initContainerStatuses").items().stream(),
                        pod.at("status", "containerStatuses").items().stream())
                .toList();
    }

    /** Judges the first of the workload's pods that has no node yet, if nodes are known at all. */
    static Analysis whilePending(
            ResourceRef workload, Topology topology, Function<KubeObject, Analysis> judge) {
        var pending =
                topology.instances(workload).stream()
                        .filter(pod -> pod.at("spec", "nodeName").text().isEmpty())
                        .findFirst();
        if (pending.isEmpty()) {
            return Analysis.absent("Every pod of %s has a node".formatted(workload), List.of());
        }
        return topology.count("Node") == 0
                ? Analysis.unclear("No node is known")
                : judge.apply(pending.get());
    }

    /** Why a container ended last, in its present or its previous life; empty when it did not. */
    static String ended(Fields status) {
        var now = status.at("state", "terminated", "reason").text();
        return now.isEmpty() ? status.at("lastState", "terminated", "reason").text() : now;
    }

    static String waiting(Fields status) {
        return status.at("state", "waiting", "reason").text();
    }

    static boolean isReady(KubeObject pod) {
        return pod.at("status", "conditions").items().stream()
                .anyMatch(
                        condition ->
                                condition.at("type").text().equals("Ready")
                                        && condition.at("status").text().equals("True"));
    }

    static Optional<Fields> container(Fields template, String name) {
        return containers(template).stream()
                .filter(container -> container.at("name").text().equals(name))
                .findFirst();
    }

    /** Evidence that was computed; the id is the same on every replay. */
    static Evidence evidence(
            Analyzer analyzer, ResourceRef about, Instant at, String summary, String excerpt) {
        return new Evidence(
                "analysis/" + analyzer.id() + "/" + about,
                about,
                at,
                Evidence.Origin.ANALYSIS,
                summary,
                excerpt);
    }
}
