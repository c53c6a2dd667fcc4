package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.FieldPath;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.policy.End;
import dev.kestrel.domain.topology.policy.Port;
import dev.kestrel.domain.topology.policy.Stopped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A policy stops calls that are wanted: a rule for exactly these is added to it, for the pods at
 * the other end and the ports that they are tried on. The rules that are there stay; the list is
 * written as a whole, because Kubernetes knows no part of it.
 */
final class AllowFlow implements Fix {
    @Override
    public String id() {
        return "fix.allow_flow";
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return topology.find(cause.at())
                .filter(policy -> policy.ref().kind().equals("NetworkPolicy"))
                .flatMap(policy -> draft(policy, StoppedCalls.of(cause, topology), topology));
    }

    private static Optional<Draft> draft(
            KubeObject policy, List<Stopped> calls, Topology topology) {
        var edits = new ArrayList<Edit>();
        for (var direction : Direction.values()) {
            var rules = rules(calls, direction, topology);
            if (!rules.isEmpty()) {
                var all = new ArrayList<Object>(policy.at("spec", direction.rules()).items());
                all.addAll(rules);
                edits.add(new Edit(FieldPath.parse("spec." + direction.rules()), Fields.of(all)));
            }
        }
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        var changed = StoppedCalls.edited(policy, edits);
        return StoppedCalls.pass(calls, changed, topology)
                ? Optional.of(
                        new Draft(
                                policy,
                                edits,
                                "Let %s pass what it stops".formatted(policy.ref()),
                                "No rule allows calls that are needed; a rule for exactly these is"
                                        + " added, and the others stay.",
                                StoppedCalls.simulated(calls, changed, topology)))
                : Optional.empty();
    }

    /** One rule for each other end, with all its ports. */
    private static List<Object> rules(List<Stopped> calls, Direction direction, Topology topology) {
        var ports = new LinkedHashMap<Map<String, Object>, Set<Port>>();
        for (var one : calls) {
            if (one.direction() == direction) {
                ports.computeIfAbsent(
                                peer(one.other(), one.denial().at().namespace(), topology),
                                missing -> new LinkedHashSet<>())
                        .add(one.call().at());
            }
        }
        var rules = new ArrayList<Object>();
        ports.forEach(
                (peer, its) ->
                        rules.add(
                                Map.of(
                                        direction.peers(),
                                        List.of(peer),
                                        "ports",
                                        its.stream().map(AllowFlow::port).toList())));
        return rules;
    }

    private static Map<String, Object> port(Port port) {
        return Map.of("port", port.number(), "protocol", port.protocol());
    }

    private static Map<String, Object> peer(End end, String own, Topology topology) {
        return switch (end) {
            case End.Address(var address) ->
                    Map.of(
                            "ipBlock",
                            Map.of("cidr", address + (address.contains(":") ? "/128" : "/32")));
            case End.Pod pod -> {
                var peer = new TreeMap<String, Object>();
                peer.put("podSelector", matching(labels(pod, topology)));
                if (!pod.ref().namespace().equals(own)) {
                    peer.put(
                            "namespaceSelector",
                            matching(Map.of(End.NAMESPACE_NAME, pod.ref().namespace())));
                }
                yield peer;
            }
        };
    }

    private static Map<String, Object> matching(Map<String, String> labels) {
        return Map.of("matchLabels", labels);
    }

    /** The fewest labels that only pods of this workload carry; all there are where none do. */
    private static Map<String, String> labels(End.Pod pod, Topology topology) {
        var own = topology.logical(pod.ref());
        var selector =
                topology.find(own)
                        .map(workload -> workload.at("spec", "selector", "matchLabels").texts())
                        .filter(labels -> !labels.isEmpty());
        return selector.filter(labels -> isOnly(labels, pod, topology))
                .orElseGet(() -> lasting(pod.labels()));
    }

    private static boolean isOnly(Map<String, String> labels, End.Pod pod, Topology topology) {
        var own = topology.logical(pod.ref());
        return topology.all("Pod").stream()
                .filter(other -> other.ref().namespace().equals(pod.ref().namespace()))
                .filter(
                        other ->
                                other.at("metadata", "labels")
                                        .texts()
                                        .entrySet()
                                        .containsAll(labels.entrySet()))
                .allMatch(other -> topology.logical(other.ref()).equals(own));
    }

    /** Without those that a controller gives anew with each revision or pod. */
    private static Map<String, String> lasting(Map<String, String> labels) {
        var kept = new TreeMap<>(labels);
        kept.keySet()
                .removeAll(
                        List.of(
                                "pod-template-hash",
                                "controller-revision-hash",
                                "pod-template-generation",
                                "statefulset.kubernetes.io/pod-name",
                                "apps.kubernetes.io/pod-index"));
        return kept;
    }
}
