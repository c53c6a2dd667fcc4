package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Optional;

/** A workload that others need was scaled to zero: put back as many replicas as it had. */
final class RestoreReplicas implements Fix {
    private static final String PATH = "spec.replicas";

    @Override
    public String id() {
        return "fix.restore_replicas";
    }

    @Override
    public int risk() {
        return 1;
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return topology.find(cause.at())
                .filter(workload -> workload.at("spec", "replicas").number(1) == 0)
                .flatMap(workload -> draft(workload, topology));
    }

    private static Optional<Draft> draft(KubeObject workload, Topology topology) {
        return Workloads.earlierValues(workload, PATH, topology).stream()
                .map(value -> value.number(0))
                .filter(replicas -> replicas > 0)
                .findFirst()
                .map(
                        replicas ->
                                new Draft(
                                        workload,
                                        List.of(new Edit(path(), Fields.of(replicas))),
                                        "Scale %s back to %d".formatted(workload.ref(), replicas),
                                        "%s was scaled to 0; before that it had %d."
                                                .formatted(workload.ref(), replicas),
                                        List.of(
                                                "%d %s started"
                                                        .formatted(
                                                                replicas,
                                                                replicas == 1
                                                                        ? "pod is"
                                                                        : "pods are"))));
    }

    private static FieldPath path() {
        return FieldPath.parse(PATH);
    }
}
