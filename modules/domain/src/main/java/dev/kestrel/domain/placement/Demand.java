package dev.kestrel.domain.placement;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.NodeRoom;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod demands of its node.
 *
 * @param selector labels the node must have
 * @param affinity {@code requiredDuringSchedulingIgnoredDuringExecution}; may be absent
 * @param tolerations taints it puts up with
 * @param requests by resource, in thousandths
 */
public record Demand(
        Map<String, String> selector,
        Fields affinity,
        List<Fields> tolerations,
        Map<String, Long> requests) {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String CORDONED = "node.kubernetes.io/unschedulable";
    private static final Set<String> HARD = Set.of("NoSchedule", "NoExecute");

    public Demand {
        selector = Map.copyOf(selector);
        tolerations = List.copyOf(tolerations);
        requests = Map.copyOf(requests);
    }

    /** Of a pod's {@code spec}. */
    public static Demand of(Fields podSpec) {
        return new Demand(
                podSpec.at("nodeSelector").texts(),
                podSpec.at("affinity", "nodeAffinity", REQUIRED),
                podSpec.at("tolerations").items(),
                NodeRoom.wanted(podSpec));
    }

    /** The same with other labels. */
    public Demand selecting(Map<String, String> labels) {
        return new Demand(labels, affinity, tolerations, requests);
    }

    /** The same with other required terms. */
    public Demand requiring(Fields terms) {
        return new Demand(selector, terms, tolerations, requests);
    }

    /** The same with other tolerations. */
    public Demand tolerating(List<Fields> taints) {
        return new Demand(selector, affinity, taints, requests);
    }

    /**
     * Every constraint by which the node fails.
     *
     * @param free what the node has left, by resource
     */
    Set<Constraint> failedBy(KubeObject node, Map<String, Long> free) {
        var failed = EnumSet.noneOf(Constraint.class);
        if (node.at("spec", "unschedulable").truth(false)
                && !tolerates(CORDONED, "", "NoSchedule")) {
            failed.add(Constraint.CORDON);
        }
        if (untolerated(node).isPresent()) {
            failed.add(Constraint.TAINT);
        }
        var labels = node.at("metadata", "labels").texts();
        if (!labels.entrySet().containsAll(selector.entrySet())) {
            failed.add(Constraint.SELECTOR);
        }
        if (affinity.isPresent() && !NodeTerms.admit(affinity, labels, node.ref().name())) {
            failed.add(Constraint.AFFINITY);
        }
        if (requests.entrySet().stream()
                .anyMatch(want -> free.getOrDefault(want.getKey(), 0L) < want.getValue())) {
            failed.add(Constraint.ROOM);
        }
        return failed;
    }

    /**
     * The node's first taint that keeps the pod away. A cordon's own taint counts as the cordon.
     */
    public Optional<Fields> untolerated(KubeObject node) {
        return node.at("spec", "taints").items().stream()
                .filter(taint -> HARD.contains(taint.at("effect").text()))
                .filter(taint -> !taint.at("key").text().equals(CORDONED))
                .filter(
                        taint ->
                                !tolerates(
                                        taint.at("key").text(),
                                        taint.at("value").text(),
                                        taint.at("effect").text()))
                .findFirst();
    }

    private boolean tolerates(String key, String value, String effect) {
        return tolerations.stream()
                .anyMatch(
                        one -> {
                            var exists = one.at("operator").text().equals("Exists");
                            var named = one.at("key").text();
                            var kind = one.at("effect").text();
                            return (named.isEmpty() ? exists : named.equals(key))
                                    && (kind.isEmpty() || kind.equals(effect))
                                    && (exists || one.at("value").text().equals(value));
                        });
    }
}
