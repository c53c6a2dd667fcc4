package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.placement.Constraint;
import dev.kestrel.domain.placement.Demand;
import dev.kestrel.domain.placement.Feasibility;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A pod waits because of one constraint: but for it, some node would take the pod. The scheduler
 * names one reason for each node and mixes them; this weighs all constraints of every node.
 */
public final class NodesExcluded implements Analyzer {
    private final Constraint constraint;
    private final String field;

    /**
     * @param field of the pod that could change, below its {@code spec}; empty where none could
     */
    public NodesExcluded(Constraint constraint, String field) {
        this.constraint = constraint;
        this.field = field;
    }

    @Override
    public String id() {
        return constraint.name().toLowerCase(Locale.ROOT) + "_excludes_nodes";
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        return PodView.whilePending(subject, topology, pod -> judge(subject, pod, topology, now));
    }

    private Analysis judge(ResourceRef subject, KubeObject pod, Topology topology, Instant now) {
        var demand = Demand.of(pod.at("spec"));
        var feasible = Feasibility.of(demand, topology);
        if (!feasible.decisive().contains(constraint)) {
            var summary =
                    "No node would take the pod even without " + word() + ", or one takes it now";
            return Analysis.absent(
                    summary,
                    List.of(PodView.evidence(this, pod.ref(), now, summary, feasible.table())));
        }
        return present(subject, pod, demand, feasible, topology, now);
    }

    private Analysis present(
            ResourceRef subject,
            KubeObject pod,
            Demand demand,
            Feasibility feasible,
            Topology topology,
            Instant now) {
        var nodes = feasible.excludedBy(constraint);
        var summary =
                "But for %s, the pod would fit: it keeps %d of %d nodes away%s"
                        .formatted(
                                word(),
                                nodes.size(),
                                feasible.failures().size(),
                                detail(demand, nodes, topology));
        var flips =
                field.isEmpty()
                        ? List.<Analysis.Flip>of()
                        : List.of(new Analysis.Flip(subject, PodView.below(subject, field)));
        return Analysis.present(
                summary,
                flips,
                List.of(PodView.evidence(this, pod.ref(), now, summary, feasible.table())));
    }

    private String word() {
        return switch (constraint) {
            case CORDON -> "cordons";
            case TAINT -> "a taint that it does not tolerate";
            case SELECTOR -> "its node selector";
            case AFFINITY -> "its required node affinity";
            case ROOM -> "its requests";
        };
    }

    private String detail(Demand demand, List<String> nodes, Topology topology) {
        return switch (constraint) {
            case SELECTOR -> " (" + demand.selector() + ")";
            case TAINT ->
                    nodes.stream()
                            .map(name -> ResourceRef.ofCluster("Node", name))
                            .flatMap(node -> topology.find(node).stream())
                            .flatMap(node -> demand.untolerated(node).stream())
                            .map(
                                    taint ->
                                            "%s=%s:%s"
                                                    .formatted(
                                                            taint.at("key").text(),
                                                            taint.at("value").text(),
                                                            taint.at("effect").text()))
                            .distinct()
                            .collect(Collectors.joining(", ", " (", ")"));
            case CORDON -> " (" + String.join(", ", nodes) + ")";
            case AFFINITY, ROOM -> "";
        };
    }
}
