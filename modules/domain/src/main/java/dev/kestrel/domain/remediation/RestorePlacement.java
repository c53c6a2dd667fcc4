package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.placement.Constraint;
import dev.kestrel.domain.placement.Demand;
import dev.kestrel.domain.placement.Feasibility;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.template.Spelling;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * No node meets what a pod demands. What the workload demanded before is put back, if a node takes
 * it then; a label that no node has becomes the nearest that one has. Nodes are never changed here,
 * and nothing is tolerated that was not tolerated before.
 */
final class RestorePlacement implements Fix {
    private static final String SPEC = "spec.template.spec.";
    private static final String REQUIRED =
            "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    private final Constraint constraint;
    private final String id;
    private final String field;

    private RestorePlacement(Constraint constraint, String id, String field) {
        this.constraint = constraint;
        this.id = id;
        this.field = field;
    }

    static RestorePlacement selector() {
        return new RestorePlacement(
                Constraint.SELECTOR, "fix.correct_node_selector", "nodeSelector");
    }

    static RestorePlacement affinity() {
        return new RestorePlacement(Constraint.AFFINITY, "fix.restore_node_affinity", REQUIRED);
    }

    static RestorePlacement tolerations() {
        return new RestorePlacement(Constraint.TAINT, "fix.restore_tolerations", "tolerations");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(
                        workload ->
                                before(workload, topology).or(() -> nearest(workload, topology)));
    }

    /** The newest revision that demanded something else. */
    private Optional<Draft> before(KubeObject workload, Topology topology) {
        var path = FieldPath.parse(SPEC + field);
        var now = path.read(workload.fields());
        return topology.revisions(workload.ref()).stream()
                .map(revision -> path.read(revision.fields()))
                .filter(value -> !value.equals(now))
                .findFirst()
                .flatMap(this::written)
                .flatMap(
                        value ->
                                drafted(
                                        workload,
                                        value,
                                        "%s of %s was changed; what it was before is put back."
                                                .formatted(field, workload.ref()),
                                        topology));
    }

    /** An apply cannot take a field away, but it can make a map or a list empty. */
    private Optional<Fields> written(Fields value) {
        if (value.isPresent()) {
            return Optional.of(value);
        }
        return switch (constraint) {
            case SELECTOR -> Optional.of(Fields.of(Map.of()));
            case TAINT -> Optional.of(Fields.of(List.of()));
            case AFFINITY, CORDON, ROOM -> Optional.empty();
        };
    }

    private Optional<Draft> nearest(KubeObject workload, Topology topology) {
        if (constraint != Constraint.SELECTOR) {
            return Optional.empty();
        }
        var wanted = workload.at("spec", "template", "spec", "nodeSelector").texts();
        var corrected = new TreeMap<String, String>();
        wanted.forEach(
                (key, value) -> {
                    var values = values(key, topology);
                    if (values.isEmpty()) {
                        var like = Spelling.nearest(key, keys(topology)).orElse(key);
                        corrected.put(
                                like,
                                Spelling.nearest(value, values(like, topology)).orElse(value));
                    } else {
                        corrected.put(key, Spelling.nearest(value, values).orElse(value));
                    }
                });
        return corrected.equals(wanted)
                ? Optional.empty()
                : drafted(
                        workload,
                        Fields.of(corrected),
                        "No node carries %s; the nearest that one carries is %s."
                                .formatted(wanted, corrected),
                        topology);
    }

    private static List<String> keys(Topology topology) {
        return topology.all("Node").stream()
                .flatMap(node -> node.at("metadata", "labels").texts().keySet().stream())
                .distinct()
                .toList();
    }

    private static List<String> values(String key, Topology topology) {
        return topology.all("Node").stream()
                .map(node -> node.at("metadata", "labels", key))
                .filter(Fields::isPresent)
                .map(Fields::text)
                .distinct()
                .toList();
    }

    private Optional<Draft> drafted(
            KubeObject workload, Fields value, String reason, Topology topology) {
        var demand = Demand.of(workload.at("spec", "template", "spec"));
        var fitting = Feasibility.of(demanding(demand, value), topology).fitting();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                List.of(new Edit(FieldPath.parse(SPEC + field), value)),
                                "Let %s onto nodes that exist".formatted(workload.ref()),
                                reason,
                                List.of(
                                        "a pod would fit on " + String.join(", ", fitting),
                                        Workloads.rollout(workload, topology))));
    }

    private Demand demanding(Demand demand, Fields value) {
        return switch (constraint) {
            case SELECTOR -> demand.selecting(value.texts());
            case AFFINITY -> demand.requiring(value);
            case TAINT -> demand.tolerating(value.items());
            case CORDON, ROOM -> demand;
        };
    }
}
