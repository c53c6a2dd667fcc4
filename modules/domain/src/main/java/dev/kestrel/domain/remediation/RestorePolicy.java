package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.policy.Stopped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of a policy stopped calls that are wanted: what it said before is put back, where that
 * lets them pass again. Only where every field had a value before; an apply cannot take one away
 * that it never owned.
 */
final class RestorePolicy implements Fix {
    private static final String SPEC = "spec.";

    @Override
    public String id() {
        return "fix.restore_policy";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        var calls = StoppedCalls.of(cause, topology);
        return topology.find(cause.at())
                .filter(policy -> policy.ref().kind().equals("NetworkPolicy"))
                .filter(_ -> !calls.isEmpty())
                .flatMap(policy -> draft(policy, calls, topology));
    }

    private static Optional<Draft> draft(
            KubeObject policy, List<Stopped> calls, Topology topology) {
        return topology.changes(policy.ref()).stream()
                .filter(change -> change.kind() == Change.Kind.EDITED)
                .filter(change -> change.fields().stream().anyMatch(RestorePolicy::isMeant))
                .findFirst()
                .flatMap(
                        change ->
                                undone(policy, change)
                                        .flatMap(
                                                edits ->
                                                        draft(
                                                                policy, change, edits, calls,
                                                                topology)));
    }

    private static boolean isMeant(Change.FieldChange field) {
        return field.path().startsWith(SPEC);
    }

    private static Optional<List<Edit>> undone(KubeObject policy, Change change) {
        var edits = new ArrayList<Edit>();
        for (var field : change.fields().stream().filter(RestorePolicy::isMeant).toList()) {
            if (field.path().contains("[") || !field.before().isPresent()) {
                return Optional.empty();
            }
            var path = FieldPath.parse(field.path());
            if (!path.read(policy.fields()).equals(field.after())) {
                return Optional.empty();
            }
            edits.add(new Edit(path, field.before()));
        }
        return Optional.of(edits);
    }

    private static Optional<Draft> draft(
            KubeObject policy,
            Change change,
            List<Edit> edits,
            List<Stopped> calls,
            Topology topology) {
        var changed = StoppedCalls.edited(policy, edits);
        return StoppedCalls.pass(calls, changed, topology)
                ? Optional.of(
                        new Draft(
                                policy,
                                edits,
                                "Put back what %s allowed".formatted(policy.ref()),
                                "It stops calls since it was changed at %s%s; what was there before is put back."
                                        .formatted(
                                                change.at(),
                                                change.by().isEmpty() ? "" : " by " + change.by()),
                                StoppedCalls.simulated(calls, changed, topology)))
                : Optional.empty();
    }
}
