package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.template.ConfigKeys;
import dev.kestrel.domain.template.KeyReference;
import dev.kestrel.domain.template.Spelling;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod template needs a key or a ConfigMap that is not there. It is made to ask for what it asked
 * before, if that is there; for a key that was renamed, for its new name; else for the nearest that
 * exists. A value that was deleted is not known here and cannot be put back.
 */
final class CorrectReference implements Fix {
    private static final String ROOT = "spec.template.spec.";

    @Override
    public String id() {
        return "fix.correct_reference";
    }

    /** What to ask for instead, and why. */
    private record Instead(Fields value, String reason) {}

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        var edits = new LinkedHashMap<String, Edit>();
        var reasons = new ArrayList<String>();
        for (var reference : KeyReference.of(workload.at("spec", "template", "spec"))) {
            if (isThere(reference, workload, topology)) {
                continue;
            }
            var instead = instead(reference, workload, topology);
            if (instead.isEmpty() || edits.containsKey(reference.path())) {
                return Optional.empty();
            }
            edits.put(
                    reference.path(),
                    new Edit(FieldPath.parse(ROOT + reference.path()), instead.get().value()));
            reasons.add(instead.get().reason());
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                List.copyOf(edits.values()),
                                "Correct what %s asks its configuration for"
                                        .formatted(workload.ref()),
                                String.join(" ", reasons),
                                List.of(Workloads.rollout(workload, topology))));
    }

    private static boolean isThere(KeyReference one, KubeObject workload, Topology topology) {
        return map(one.configMap(), workload, topology).filter(m -> m.has(one.key())).isPresent();
    }

    private static Optional<ConfigKeys> map(String name, KubeObject workload, Topology topology) {
        return ConfigKeys.of(workload.ref().namespace(), name, topology);
    }

    private static Optional<Instead> instead(
            KeyReference one, KubeObject workload, Topology topology) {
        if (one.path().isEmpty()) {
            return Optional.empty();
        }
        var map = map(one.configMap(), workload, topology);
        return map.isPresent()
                ? key(one, map.get(), workload, topology)
                : name(one, workload, topology);
    }

    private static Optional<Instead> key(
            KeyReference one, ConfigKeys map, KubeObject workload, Topology topology) {
        var before =
                earlier(one, "key", workload, topology)
                        .filter(map::has)
                        .findFirst()
                        .map(
                                key ->
                                        new Instead(
                                                one.asking(key),
                                                "The %s asked for key %s before its last change, and ConfigMap %s has that."
                                                        .formatted(
                                                                one.who(), key, map.ref().name())));
        var renamed =
                map.renamed(one.key())
                        .map(
                                key ->
                                        new Instead(
                                                one.asking(key),
                                                "Key %s of ConfigMap %s is called %s now: its value is the same."
                                                        .formatted(
                                                                one.key(), map.ref().name(), key)));
        var nearest =
                Spelling.nearest(one.key(), map.digests().keySet())
                        .map(
                                key ->
                                        new Instead(
                                                one.asking(key),
                                                "ConfigMap %s has no key %s; the nearest that it has is %s."
                                                        .formatted(
                                                                map.ref().name(), one.key(), key)));
        return before.or(() -> renamed).or(() -> nearest);
    }

    private static Optional<Instead> name(
            KeyReference one, KubeObject workload, Topology topology) {
        var names =
                topology.all("ConfigMap").stream()
                        .map(map -> map.ref().name())
                        .filter(
                                name ->
                                        map(name, workload, topology)
                                                .filter(map -> map.has(one.key()))
                                                .isPresent())
                        .toList();
        return earlier(one, "name", workload, topology)
                .filter(names::contains)
                .findFirst()
                .or(() -> Spelling.nearest(one.configMap(), names))
                .filter(_ -> !one.path().endsWith(".items"))
                .map(
                        name ->
                                new Instead(
                                        one.askingMap(name),
                                        "ConfigMap %s does not exist; %s does, and has what the %s needs."
                                                .formatted(one.configMap(), name, one.who())));
    }

    /** What stood in a field of the reference before, newest first. */
    private static Stream<String> earlier(
            KeyReference one, String field, KubeObject workload, Topology topology) {
        var isField = one.path().endsWith("." + field);
        var path = ROOT + one.path() + (isField ? "" : "." + field);
        var texts = Workloads.earlierValues(workload, path, topology).stream().map(Fields::text);
        var lists =
                Workloads.earlierValues(workload, ROOT + one.path(), topology).stream()
                        .flatMap(list -> list.items().stream())
                        .map(item -> item.at(field).text());
        return Stream.concat(texts, lists).filter(text -> !text.isEmpty());
    }
}
