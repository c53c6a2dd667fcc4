package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;

/**
 * A container was killed for memory, and the limit it ran into is its own. Without a limit, or on a
 * node that runs out of memory, the kill says something about the node.
 */
public final class MemoryLimit implements Analyzer {
    @Override
    public String id() {
        return "memory_limit_is_own";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var workload = topology.find(subject);
        var pods = topology.instances(subject);
        if (workload.isEmpty() || pods.isEmpty()) {
            return Analysis.unclear(subject + " has no pods to look at");
        }
        for (var pod : pods) {
            for (var status : PodView.statuses(pod)) {
                if (PodView.ended(status).equals("OOMKilled")) {
                    return judge(workload.get(), pod, status, topology, now);
                }
            }
        }
        return symptoms.stream().anyMatch(symptom -> isKilled(symptom, subject))
                ? Analysis.unclear("The pod that was killed is gone")
                : Analysis.absent(
                        "No container of %s was killed for memory".formatted(subject), List.of());
    }

    private static boolean isKilled(Symptom symptom, ResourceRef subject) {
        return symptom.key().type().equals("container.oom_killed")
                && symptom.key().about().equals(subject);
    }

    private Analysis judge(
            KubeObject workload, KubeObject pod, Fields status, Topology topology, Instant now) {
        var name = status.at("name").text();
        var limit =
                PodView.container(pod.fields(), name)
                        .map(container -> container.at("resources", "limits", "memory").text())
                        .orElse("");
        if (limit.isEmpty()) {
            var summary =
                    "Container %s was killed for memory but has no limit of its own"
                            .formatted(name);
            return Analysis.absent(
                    summary, List.of(PodView.evidence(this, pod.ref(), now, summary, "")));
        }
        if (isNodeShort(workload.ref(), topology)) {
            return Analysis.unclear(
                    "Container %s has a limit, but its node is short of memory too"
                            .formatted(name));
        }
        var summary =
                "Container %s was killed for memory at its own limit of %s".formatted(name, limit);
        var path = PodView.path(workload.ref(), name, "resources.limits.memory");
        return Analysis.present(
                summary,
                List.of(new Analysis.Flip(workload.ref(), path)),
                List.of(
                        PodView.evidence(
                                this,
                                pod.ref(),
                                now,
                                summary,
                                "%s: %s\nterminated: OOMKilled".formatted(path, limit))));
    }

    private static boolean isNodeShort(ResourceRef workload, Topology topology) {
        return topology.from(workload, Relation.RUNS_ON).stream()
                .flatMap(edge -> topology.find(edge.to()).stream())
                .flatMap(node -> node.at("status", "conditions").items().stream())
                .anyMatch(
                        condition ->
                                condition.at("type").text().equals("MemoryPressure")
                                        && condition.at("status").text().equals("True"));
    }
}
