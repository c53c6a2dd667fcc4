package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Service selects no pod. Its earlier selector is put back where that one selects pods again;
 * otherwise the selector is aligned with the labels of the workload it comes nearest to. The
 * Service is changed and not the pods, because nothing restarts then.
 */
final class AlignSelector implements Fix {
    private static final String PATH = "spec.selector";

    @Override
    public String id() {
        return "fix.align_selector";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return topology.find(cause.at())
                .filter(service -> service.ref().kind().equals("Service"))
                .flatMap(
                        service ->
                                restored(service, topology).or(() -> aligned(service, topology)));
    }

    private static Optional<Draft> restored(KubeObject service, Topology topology) {
        var now = service.at("spec", "selector").texts();
        for (var change : topology.changes(service.ref())) {
            var before = undone(now, change);
            if (!before.equals(now)
                    && !before.isEmpty()
                    && !selected(service, before, topology).isEmpty()) {
                return Optional.of(
                        draft(
                                service,
                                before,
                                "The selector was changed%s; the one before still selects pods, so it is put back."
                                        .formatted(
                                                change.by().isEmpty() ? "" : " by " + change.by()),
                                topology));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> undone(Map<String, String> selector, Change change) {
        var before = new TreeMap<>(selector);
        for (var field : change.fields()) {
            if (field.path().equals(PATH)) {
                before.clear();
                before.putAll(field.before().texts());
            } else if (field.path().startsWith(PATH + ".")) {
                var key = field.path().substring(PATH.length() + 1);
                before.remove(key);
                if (field.before().isPresent()) {
                    before.put(key, field.before().text());
                }
            }
        }
        return before;
    }

    private static Optional<Draft> aligned(KubeObject service, Topology topology) {
        var selector = service.at("spec", "selector").texts();
        return nearest(service, selector, topology)
                .map(workload -> alignedTo(selector, workload))
                .filter(
                        labels ->
                                !labels.isEmpty() && !selected(service, labels, topology).isEmpty())
                .map(
                        labels ->
                                draft(
                                        service,
                                        labels,
                                        "No pod carries %s. The nearest pods carry %s."
                                                .formatted(selector, labels),
                                        topology));
    }

    /**
     * Most equal labels first, then the Service's own name; a workload that shares neither is no
     * neighbour.
     */
    private static Optional<KubeObject> nearest(
            KubeObject service, Map<String, String> selector, Topology topology) {
        return List.of("Deployment", "StatefulSet", "DaemonSet").stream()
                .flatMap(kind -> topology.all(kind).stream())
                .filter(workload -> workload.ref().namespace().equals(service.ref().namespace()))
                .filter(workload -> likeness(service, selector, workload) > 0)
                .max(
                        Comparator.<KubeObject>comparingInt(
                                        workload -> likeness(service, selector, workload))
                                .thenComparing(KubeObject::ref, Comparator.reverseOrder()));
    }

    private static int likeness(
            KubeObject service, Map<String, String> selector, KubeObject workload) {
        var labels = labels(workload);
        var equal =
                (int)
                        selector.entrySet().stream()
                                .filter(e -> e.getValue().equals(labels.get(e.getKey())))
                                .count();
        return 2 * equal + (workload.ref().name().equals(service.ref().name()) ? 3 : 0);
    }

    private static Map<String, String> alignedTo(
            Map<String, String> selector, KubeObject workload) {
        var labels = labels(workload);
        var aligned = new TreeMap<String, String>();
        selector.keySet().stream()
                .filter(labels::containsKey)
                .forEach(key -> aligned.put(key, labels.get(key)));
        if (aligned.isEmpty()) {
            aligned.putAll(workload.at("spec", "selector", "matchLabels").texts());
        }
        return aligned;
    }

    private static Map<String, String> labels(KubeObject workload) {
        return workload.at("spec", "template", "metadata", "labels").texts();
    }

    private static List<KubeObject> selected(
            KubeObject service, Map<String, String> selector, Topology topology) {
        return topology.all("Pod").stream()
                .filter(pod -> pod.ref().namespace().equals(service.ref().namespace()))
                .filter(
                        pod ->
                                pod.at("metadata", "labels")
                                        .texts()
                                        .entrySet()
                                        .containsAll(selector.entrySet()))
                .toList();
    }

    private static Draft draft(
            KubeObject service,
            Map<String, String> selector,
            String explanation,
            Topology topology) {
        var pods = selected(service, selector, topology);
        var ready =
                pods.stream()
                        .filter(
                                pod ->
                                        pod.at("status", "conditions").items().stream()
                                                .anyMatch(
                                                        condition ->
                                                                condition
                                                                                .at("type")
                                                                                .text()
                                                                                .equals("Ready")
                                                                        && condition
                                                                                .at("status")
                                                                                .text()
                                                                                .equals("True")))
                        .count();
        return new Draft(
                service,
                List.of(new Edit(FieldPath.parse(PATH), Fields.of(selector))),
                "Make %s select its pods again".formatted(service.ref()),
                explanation,
                List.of(
                        "%s would select %d pods of %s, %d of them ready"
                                .formatted(
                                        service.ref(),
                                        pods.size(),
                                        pods.stream()
                                                .map(pod -> topology.logical(pod.ref()).toString())
                                                .distinct()
                                                .sorted()
                                                .toList(),
                                        ready)));
    }
}
