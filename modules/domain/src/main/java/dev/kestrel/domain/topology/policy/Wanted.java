package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Edge;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call that somebody wants to make.
 *
 * @param seen it was tried and stopped; otherwise it only follows from how the caller is configured
 * @param isForNames whether it asks for names
 */
public record Wanted(Call call, boolean seen, boolean isForNames) {
    /** Calls to look at for one policy; more say nothing new. */
    private static final int LIMIT = 200;

    private static final int DNS_PORT = 53;

    /**
     * Calls to and from the pods that a policy selects: those that were stopped lately, then those
     * that configuration names, one pod standing for its workload.
     */
    public static List<Wanted> around(ResourceRef policy, Topology topology) {
        var seen = topology.deniedFlows().stream().flatMap(flow -> seen(flow, topology).stream());
        var configured =
                topology.from(policy, Relation.POLICY_ON).stream()
                        .map(Edge::to)
                        .flatMap(
                                workload ->
                                        Stream.concat(
                                                outgoing(workload, topology),
                                                incoming(workload, topology)));
        return Stream.concat(seen, configured).distinct().limit(LIMIT).toList();
    }

    private static Optional<Wanted> seen(FlowSeen flow, Topology topology) {
        var from = end(flow.from(), topology);
        var to = end(flow.to(), topology);
        return from.flatMap(
                source ->
                        to.map(
                                target ->
                                        new Wanted(
                                                new Call(
                                                        source,
                                                        target,
                                                        flow.port(),
                                                        flow.protocol()),
                                                true,
                                                flow.port() == DNS_PORT)));
    }

    /** Empty for a pod that is no more. */
    private static Optional<End> end(FlowEnd end, Topology topology) {
        return end.ref()
                .map(pod -> topology.find(pod).<End>map(found -> End.of(found, topology)))
                .orElseGet(() -> Optional.of(new End.Address(end.address())));
    }

    private static Stream<Wanted> outgoing(ResourceRef workload, Topology topology) {
        var calls =
                topology.from(workload, Relation.CALLS).stream()
                        .flatMap(edge -> calls(workload, edge.to(), topology));
        // The Service of names serves its own metrics as well, for which nobody asks here.
        var names =
                topology.from(workload, Relation.RESOLVES_VIA).stream()
                        .flatMap(edge -> calls(workload, edge.to(), topology))
                        .filter(Wanted::isForNames);
        return Stream.concat(names, calls);
    }

    private static Stream<Wanted> incoming(ResourceRef workload, Topology topology) {
        return topology.to(workload, Relation.SELECTS).stream()
                .map(Edge::from)
                .flatMap(
                        service ->
                                topology.to(service, Relation.CALLS).stream()
                                        .flatMap(edge -> calls(edge.from(), service, topology)));
    }

    /** Through a Service to one pod of each workload behind it, on each of its ports. */
    private static Stream<Wanted> calls(ResourceRef caller, ResourceRef ref, Topology topology) {
        return topology.find(ref).stream()
                .flatMap(
                        service ->
                                topology.from(ref, Relation.SELECTS).stream()
                                        .flatMap(edge -> one(edge.to(), topology).stream())
                                        .flatMap(
                                                target ->
                                                        one(caller, topology).stream()
                                                                .flatMap(
                                                                        source ->
                                                                                calls(
                                                                                        source,
                                                                                        target,
                                                                                        service))));
    }

    private static Stream<Wanted> calls(End.Pod from, End.Pod to, KubeObject service) {
        return service.at("spec", "ports").items().stream()
                .flatMap(
                        port ->
                                target(port, to)
                                        .map(
                                                number ->
                                                        new Wanted(
                                                                new Call(
                                                                        from,
                                                                        to,
                                                                        number,
                                                                        port.at("protocol")
                                                                                .text("TCP")),
                                                                false,
                                                                port.at("port").number(0)
                                                                        == DNS_PORT))
                                        .stream());
    }

    private static Optional<Integer> target(Fields port, End.Pod at) {
        var target = port.at("targetPort");
        var name = target.text();
        if (target.number(0) == 0 && !name.isEmpty()) {
            return at.port(name, port.at("protocol").text("TCP"));
        }
        return Optional.of((int) target.number(port.at("port").number(0)));
    }

    private static Optional<End.Pod> one(ResourceRef workload, Topology topology) {
        return topology.instances(workload).stream().findFirst().map(pod -> End.of(pod, topology));
    }
}
