package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;

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
                                Workloads.takeBack(workload, TEMPLATE, topology)
                                        .map(back -> draft(workload, back, topology)));
    }

    private static Draft draft(KubeObject workload, Workloads.TakenBack back, Topology topology) {
        return new Draft(
                workload,
                back.edits(),
                "Take back the last change of " + workload.ref(),
                "It fails since its pod template was changed at %s%s; the values from before are put back."
                        .formatted(back.change().at(), back.by()),
                List.of(Workloads.rollout(workload, topology)));
    }
}
