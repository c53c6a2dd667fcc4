package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;

/**
 * A container was killed for memory, and the limit it ran into is its own. Without a limit, or on a
 * node whose kernel had to choose a victim, the kill says something about the node.
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
                    return judge(workload.get(), pod, status, symptoms, now);
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
            KubeObject workload,
            KubeObject pod,
            Fields status,
            List<Symptom> symptoms,
            Instant now) {
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
        var node = ResourceRef.ofCluster("Node", pod.at("spec", "nodeName").text());
        if (hadSystemOom(node, symptoms)) {
            return Analysis.unclear(
                    "Container %s has a limit, but %s had no memory left either"
                            .formatted(name, node));
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

    /** Only then the kernel chooses a victim; at its own limit a container is killed for itself. */
    private static boolean hadSystemOom(ResourceRef node, List<Symptom> symptoms) {
        return symptoms.stream()
                .map(Symptom::key)
                .anyMatch(key -> key.type().equals("node.system_oom") && key.about().equals(node));
    }
}
