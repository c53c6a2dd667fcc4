package dev.kestrel.domain.topology.mesh;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Edge;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Calls that cannot be made, because the called demands mutual TLS and the caller cannot speak it.
 */
public final class PlaintextCalls {
    private PlaintextCalls() {}

    /**
     * One of them.
     *
     * @param port of the called pods
     */
    public record Refused(ResourceRef caller, ResourceRef service, ResourceRef called, long port) {}

    /** Those for which a policy is the reason, in the order of the called workloads. */
    public static List<Refused> refusedBy(ResourceRef policy, Topology topology) {
        var refused = new ArrayList<Refused>();
        for (var bound : topology.from(policy, Relation.POLICY_ON)) {
            if (Membership.of(bound.to(), topology) != Membership.OUTSIDE) {
                topology.find(bound.to())
                        .ifPresent(called -> refused.addAll(of(policy, called, topology)));
            }
        }
        return List.copyOf(refused);
    }

    private static List<Refused> of(ResourceRef policy, KubeObject called, Topology topology) {
        var refused = new ArrayList<Refused>();
        var template = PodTemplate.of(called);
        if (template.isEmpty()) {
            return refused;
        }
        for (var selecting : topology.to(called.ref(), Relation.SELECTS)) {
            for (var port : ports(selecting.from(), template.get(), topology)) {
                var demand =
                        MutualTls.of(
                                called.ref().namespace(), template.get().labels(), port, topology);
                if (demand.mode() == MutualTls.Mode.STRICT && demand.by().contains(policy)) {
                    topology.to(selecting.from(), Relation.CALLS).stream()
                            .map(Edge::from)
                            .filter(caller -> Membership.of(caller, topology) == Membership.OUTSIDE)
                            .map(
                                    caller ->
                                            new Refused(
                                                    caller, selecting.from(), called.ref(), port))
                            .forEach(refused::add);
                }
            }
        }
        return refused;
    }

    private static List<Long> ports(ResourceRef service, PodTemplate template, Topology topology) {
        return topology.find(service).stream()
                .flatMap(object -> object.at("spec", "ports").items().stream())
                .map(port -> target(port, template))
                .filter(port -> port > 0)
                .distinct()
                .toList();
    }

    private static long target(Fields port, PodTemplate template) {
        var target = port.at("targetPort");
        var number = target.number(0);
        return number > 0
                ? number
                : template.containers().stream()
                        .flatMap(container -> container.at("ports").items().stream())
                        .filter(declared -> declared.at("name").text().equals(target.text()))
                        .map(declared -> declared.at("containerPort").number(0))
                        .findFirst()
                        .orElse(target.isPresent() ? 0 : port.at("port").number(0));
    }
}
