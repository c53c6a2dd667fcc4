package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the fixes of workloads have in common: where a template stands, and what a field was before.
 */
final class Workloads {
    private static final List<String> WITH_EDITABLE_TEMPLATE =
            List.of("Deployment", "StatefulSet", "DaemonSet");

    private static final String TEMPLATE = "spec.template.";

    /** Its change was a fix; to take that back is what an undo is for. */
    private static final String KESTREL = "kestrel";

    private Workloads() {}

    /** The workload, where its pod template can be changed in place. */
    static Optional<KubeObject> editable(ResourceRef ref, Topology topology) {
        return WITH_EDITABLE_TEMPLATE.contains(ref.kind()) ? topology.find(ref) : Optional.empty();
    }

    static List<Fields> containers(KubeObject workload) {
        return workload.at("spec", "template", "spec", "containers").items();
    }

    static String path(String container, String field) {
        return TEMPLATE + "spec.containers[" + container + "]." + field;
    }

    /**
     * Values that the field had before, newest first: from recorded changes, then, for what stands
     * in the pod template, from older revisions. A revision's replicas are not its workload's.
     */
    static List<Fields> earlierValues(KubeObject workload, String path, Topology topology) {
        var current = FieldPath.parse(path).read(workload.fields());
        var changed =
                topology.changes(workload.ref()).stream()
                        .map(Change::fields)
                        .flatMap(List::stream)
                        .filter(change -> change.path().equals(path))
                        .map(Change.FieldChange::before);
        var revised =
                topology.revisions(workload.ref()).stream()
                        .filter(_ -> path.startsWith(TEMPLATE))
                        .map(revision -> FieldPath.parse(path).read(revision.fields()));
        return Stream.concat(changed, revised)
                .filter(Fields::isPresent)
                .filter(Predicate.not(current::equals))
                .distinct()
                .toList();
    }

    /**
     * What would take back the last change of fields that begin with a path: their values before.
     * Empty when one was changed again since, or when one was not there before: a field that was
     * added cannot be taken away by an apply that never owned it.
     */
    static Optional<TakenBack> takeBack(KubeObject workload, String prefix, Topology topology) {
        return topology.changes(workload.ref()).stream()
                .filter(change -> change.kind() == Change.Kind.EDITED)
                .map(change -> new Changed(change, below(change, prefix)))
                .filter(changed -> !changed.fields().isEmpty())
                .findFirst()
                .filter(changed -> !changed.change().by().equals(KESTREL))
                .filter(
                        changed ->
                                changed.fields().stream()
                                        .allMatch(field -> isRestorable(workload, field)))
                .map(changed -> new TakenBack(changed.change(), edits(changed.fields())));
    }

    /** A change, and what would take it back. */
    record TakenBack(Change change, List<Edit> edits) {
        /** By whom, for people, with a blank before it; empty where nobody knows. */
        String by() {
            return change.by().isEmpty() ? "" : " by " + change.by();
        }
    }

    private record Changed(Change change, List<Change.FieldChange> fields) {}

    private static List<Change.FieldChange> below(Change change, String prefix) {
        return change.fields().stream().filter(field -> field.path().startsWith(prefix)).toList();
    }

    private static boolean isRestorable(KubeObject workload, Change.FieldChange field) {
        return field.before().isPresent()
                && FieldPath.parse(field.path()).read(workload.fields()).equals(field.after());
    }

    private static List<Edit> edits(List<Change.FieldChange> fields) {
        return fields.stream()
                .map(field -> new Edit(FieldPath.parse(field.path()), field.before()))
                .toList();
    }

    /**
     * Containers of which an instance's status fulfils the condition, by name, in the template's
     * order.
     */
    static List<Fields> containersWhere(
            KubeObject workload, Topology topology, Predicate<Fields> status) {
        var names =
                topology.instances(workload.ref()).stream()
                        .flatMap(pod -> pod.at("status", "containerStatuses").items().stream())
                        .filter(status)
                        .map(container -> container.at("name").text())
                        .distinct()
                        .toList();
        return containers(workload).stream()
                .filter(container -> names.contains(container.at("name").text()))
                .toList();
    }

    /** What a change of the template sets in motion, for people. */
    static String rollout(KubeObject workload, Topology topology) {
        var pods = topology.instances(workload.ref()).size();
        return "%s is rolled out again: %d %s replaced, one after another as its strategy says"
                .formatted(workload.ref(), pods, pods == 1 ? "pod is" : "pods are");
    }
}
