package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The number of replicas is what is wrong: a workload that others need was scaled to zero, or it
 * was scaled beyond what the cluster holds. The number it had before is put back.
 */
final class RestoreReplicas implements Fix {
    private static final String PATH = "spec.replicas";

    @Override
    public String id() {
        return "fix.restore_replicas";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return topology.find(cause.at())
                .flatMap(
                        workload ->
                                workload.at("spec", "replicas").number(1) == 0
                                        ? up(workload, topology)
                                        : down(workload, topology));
    }

    private static Optional<Draft> up(KubeObject workload, Topology topology) {
        return earlier(workload, topology, replicas -> replicas > 0)
                .map(
                        replicas ->
                                draft(
                                        workload,
                                        replicas,
                                        "%s was scaled to 0; before that it had %d."
                                                .formatted(workload.ref(), replicas),
                                        "%d %s started"
                                                .formatted(
                                                        replicas,
                                                        replicas == 1 ? "pod is" : "pods are")));
    }

    private static Optional<Draft> down(KubeObject workload, Topology topology) {
        var now = workload.at("spec", "replicas").number(1);
        var waiting =
                topology.instances(workload.ref()).stream()
                        .filter(pod -> pod.at("spec", "nodeName").text().isEmpty())
                        .count();
        return earlier(workload, topology, replicas -> replicas > 0 && replicas < now)
                .filter(replicas -> waiting > 0)
                .map(
                        replicas ->
                                draft(
                                        workload,
                                        replicas,
                                        "%s was scaled from %d to %d, and %d of its pods fit on no node."
                                                .formatted(workload.ref(), replicas, now, waiting),
                                        "%d pods are ended, those that wait for a node first"
                                                .formatted(now - replicas)));
    }

    private static Optional<Long> earlier(
            KubeObject workload, Topology topology, LongPredicate fits) {
        return Workloads.earlierValues(workload, PATH, topology).stream()
                .map(value -> value.number(0))
                .filter(fits::test)
                .findFirst();
    }

    private static Draft draft(
            KubeObject workload, long replicas, String explanation, String simulated) {
        return new Draft(
                workload,
                List.of(new Edit(path(), Fields.of(replicas))),
                "Scale %s back to %d".formatted(workload.ref(), replicas),
                explanation,
                List.of(simulated));
    }

    private static FieldPath path() {
        return FieldPath.parse(PATH);
    }
}
