package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Selector;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One NetworkPolicy, read.
 *
 * @param pods whom it isolates, in its own namespace
 * @param types in which directions
 * @param rules for each direction, what may pass all the same
 */
record Policy(
        ResourceRef ref, Selector pods, Set<Direction> types, Map<Direction, List<Rule>> rules) {
    static Policy read(KubeObject policy) {
        var spec = policy.at("spec");
        var rules = new EnumMap<Direction, List<Rule>>(Direction.class);
        for (var direction : Direction.values()) {
            rules.put(
                    direction,
                    spec.at(direction.rules()).items().stream()
                            .map(rule -> Rule.read(rule, direction))
                            .toList());
        }
        return new Policy(
                policy.ref(), Selector.ofLabels(spec.at("podSelector")), types(spec), rules);
    }

    /** Without types a policy is about ingress, and about egress only where it has such rules. */
    private static Set<Direction> types(Fields spec) {
        var named = spec.at("policyTypes").items().stream().map(Fields::text).toList();
        var types = EnumSet.noneOf(Direction.class);
        if (named.contains("Ingress") || named.isEmpty()) {
            types.add(Direction.INGRESS);
        }
        if (named.contains("Egress") || (named.isEmpty() && !spec.at("egress").items().isEmpty())) {
            types.add(Direction.EGRESS);
        }
        return types;
    }

    boolean isolates(End.Pod pod, Direction direction) {
        return types.contains(direction)
                && !pod.isOnHostNetwork()
                && pod.ref().namespace().equals(ref.namespace())
                && pods.matches(pod.labels());
    }

    boolean allows(Call call, Direction direction) {
        return rules.getOrDefault(direction, List.of()).stream()
                .anyMatch(rule -> rule.allows(call, direction, ref.namespace()));
    }
}
