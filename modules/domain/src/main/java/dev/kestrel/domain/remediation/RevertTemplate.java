package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workload fails since its pod template was changed: take that change back, field by field. Only
 * where every field had a value before; a field that was added cannot be taken away by an apply
 * that never owned it.
 */
final class RevertTemplate implements Fix {
    private static final String TEMPLATE = "spec.template.spec.";

    @Override
    public String id() {
        return "fix.revert_template";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(
                        workload ->
                                lastOf(workload, topology)
                                        .flatMap(change -> draft(workload, change, topology)));
    }

    private static Optional<Change> lastOf(KubeObject workload, Topology topology) {
        return topology.changes(workload.ref()).stream()
                .filter(change -> change.kind() == Change.Kind.EDITED)
                .filter(change -> change.fields().stream().anyMatch(RevertTemplate::isTemplate))
                .findFirst();
    }

    private static boolean isTemplate(Change.FieldChange field) {
        return field.path().startsWith(TEMPLATE);
    }

    private static Optional<Draft> draft(KubeObject workload, Change change, Topology topology) {
        var edits = new ArrayList<Edit>();
        for (var field : change.fields().stream().filter(RevertTemplate::isTemplate).toList()) {
            var path = FieldPath.parse(field.path());
            if (!field.before().isPresent()
                    || !path.read(workload.fields()).equals(field.after())) {
                return Optional.empty();
            }
            edits.add(new Edit(path, field.before()));
        }
        return Optional.of(
                new Draft(
                        workload,
                        edits,
                        "Take back the last change of " + workload.ref(),
                        "It fails since its pod template was changed at %s%s; the values from before are put back."
                                .formatted(
                                        change.at(),
                                        change.by().isEmpty() ? "" : " by " + change.by()),
                        List.of(Workloads.rollout(workload, topology))));
    }
}
