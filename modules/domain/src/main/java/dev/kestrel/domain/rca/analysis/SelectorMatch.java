package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Service's selector matches no pod while pods with nearly the same labels exist. Where a
 * workload would match but has no pods, the selector is right and something else is wrong.
 */
public final class SelectorMatch implements Analyzer {
    private static final List<String> WORKLOADS = List.of("DaemonSet", "Deployment", "StatefulSet");

    @Override
    public String id() {
        return "selector_matches_no_pod";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        var service = topology.find(subject);
        if (service.isEmpty()) {
            return Analysis.unclear(subject + " is not known");
        }
        var selector = service.get().at("spec", "selector").texts();
        if (selector.isEmpty()) {
            return Analysis.absent(subject + " has no selector", List.of());
        }
        var neighbours = neighbours(subject, topology);
        var matching =
                neighbours.stream()
                        .filter(one -> labels(one).entrySet().containsAll(selector.entrySet()))
                        .toList();
        if (!matching.isEmpty()) {
            return Analysis.absent("The selector matches " + matching.getFirst().ref(), List.of());
        }
        return nearest(subject, selector, neighbours)
                .map(near -> differs(service.get(), selector, near, now))
                .orElseGet(
                        () ->
                                Analysis.unclear(
                                        "No pod carries labels like the selector of " + subject));
    }

    /** Pods, and workloads by the labels of their template: a workload may have no pods now. */
    private static List<KubeObject> neighbours(ResourceRef service, Topology topology) {
        var all = new ArrayList<KubeObject>();
        WORKLOADS.forEach(kind -> all.addAll(topology.all(kind)));
        topology.all("Pod").stream()
                .filter(pod -> topology.logical(pod.ref()).equals(pod.ref()))
                .forEach(all::add);
        all.removeIf(one -> !one.ref().namespace().equals(service.namespace()));
        return all;
    }

    private static Map<String, String> labels(KubeObject one) {
        return PodView.template(one).at("metadata", "labels").texts();
    }

    private static Optional<KubeObject> nearest(
            ResourceRef service, Map<String, String> selector, List<KubeObject> neighbours) {
        return neighbours.stream()
                .filter(one -> likeness(service, selector, one) > 0)
                .max(
                        Comparator.comparingInt(
                                        (KubeObject one) -> likeness(service, selector, one))
                                .thenComparing(KubeObject::ref, Comparator.reverseOrder()));
    }

    private static int likeness(ResourceRef service, Map<String, String> selector, KubeObject one) {
        var labels = labels(one);
        var equal =
                selector.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(labels.get(entry.getKey())))
                        .count();
        return (int) equal * 2 + (one.ref().name().equals(service.name()) ? 1 : 0);
    }

    private Analysis differs(
            KubeObject service, Map<String, String> selector, KubeObject near, Instant now) {
        var labels = labels(near);
        var different =
                selector.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(labels.get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        var summary =
                "The selector of %s matches no pod; %s comes nearest and differs in %s"
                        .formatted(service.ref(), near.ref(), String.join(", ", different));
        var excerpt =
                different.stream()
                        .map(
                                key ->
                                        "%s: selector %s, label %s"
                                                .formatted(
                                                        key,
                                                        selector.getOrDefault(key, ""),
                                                        labels.getOrDefault(key, "absent")))
                        .collect(Collectors.joining("\n"));
        var flips = new ArrayList<Analysis.Flip>();
        different.forEach(
                key -> {
                    flips.add(new Analysis.Flip(service.ref(), "spec.selector." + key));
                    flips.add(
                            new Analysis.Flip(near.ref(), "spec.template.metadata.labels." + key));
                });
        return Analysis.present(
                summary,
                flips,
                List.of(PodView.evidence(this, service.ref(), now, summary, excerpt)));
    }
}
