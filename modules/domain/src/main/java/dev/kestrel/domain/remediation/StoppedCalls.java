package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.policy.Call;
import dev.kestrel.domain.topology.policy.End;
import dev.kestrel.domain.topology.policy.NetworkPolicies;
import dev.kestrel.domain.topology.policy.Passage;
import dev.kestrel.domain.topology.policy.Stopped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a change of a NetworkPolicy is for, and what else it would do. */
final class StoppedCalls {
    /** Pairs of ends that are looked at; a plan that needs more is one for a person. */
    private static final int LIMIT = 20_000;

    private static final int SHOWN = 8;

    private StoppedCalls() {}

    /**
     * Calls that the policy must let pass. Those that were tried speak for themselves; who cannot
     * even ask for names has tried nothing yet, so there configuration speaks as well.
     */
    static List<Stopped> of(Cause cause, Topology topology) {
        var all = Stopped.by(cause.at(), topology);
        var tried = all.stream().filter(one -> one.wanted().seen()).toList();
        var unresolved = all.stream().anyMatch(Stopped::isUnresolved);
        return tried.isEmpty() || unresolved ? all : tried;
    }

    /** The object with other values in some of its fields. */
    static KubeObject edited(KubeObject policy, List<Edit> edits) {
        var tree = new LinkedHashMap<String, Object>(policy.fields().members());
        var spec = new LinkedHashMap<String, Object>(policy.at("spec").members());
        tree.put("spec", spec);
        edits.forEach(edit -> edit.path().write(tree, edit.value()));
        return new KubeObject(
                policy.ref(),
                policy.uid(),
                policy.resourceVersion(),
                policy.apiVersion(),
                Fields.of(tree),
                policy.managers());
    }

    static boolean pass(List<Stopped> calls, KubeObject changed, Topology topology) {
        var then = NetworkPolicies.of(topology).with(changed);
        return calls.stream().allMatch(one -> then.judge(one.call()) instanceof Passage.Allowed);
    }

    /** What would be open that is not now, in sentences: the calls it is for, and every other. */
    static List<String> simulated(List<Stopped> calls, KubeObject changed, Topology topology) {
        var wanted = new TreeSet<String>();
        calls.forEach(one -> wanted.add(one.call().shown(topology)));
        var others = opened(changed, calls, topology);
        others.removeAll(wanted);
        var told = new ArrayList<String>();
        wanted.stream().limit(SHOWN).map(call -> call + " would pass").forEach(told::add);
        if (others.isEmpty()) {
            told.add("nothing else would be opened");
        } else {
            others.stream().limit(SHOWN).map(call -> "also opens " + call).forEach(told::add);
        }
        if (others.size() > SHOWN) {
            told.add("and %d more".formatted(others.size() - SHOWN));
        }
        return told;
    }

    private static NavigableSet<String> opened(
            KubeObject changed, List<Stopped> calls, Topology topology) {
        var now = NetworkPolicies.of(topology);
        var then = now.with(changed);
        var opened = new TreeSet<String>();
        candidates(changed, calls, topology)
                .limit(LIMIT)
                .filter(call -> now.judge(call) instanceof Passage.Denied)
                .filter(call -> then.judge(call) instanceof Passage.Allowed)
                .forEach(call -> opened.add(call.shown(topology)));
        return opened;
    }

    /** Every pair of a pod of the policy's namespace and any other, on each port that is known. */
    private static Stream<Call> candidates(
            KubeObject policy, List<Stopped> calls, Topology topology) {
        var pods = kinds(topology);
        return pods.stream()
                .filter(pod -> pod.ref().namespace().equals(policy.ref().namespace()))
                .flatMap(
                        own ->
                                pods.stream()
                                        .filter(other -> !other.ref().equals(own.ref()))
                                        .flatMap(
                                                other ->
                                                        Stream.of(Direction.values())
                                                                .flatMap(
                                                                        way ->
                                                                                between(
                                                                                        own, other,
                                                                                        way,
                                                                                        calls))));
    }

    private static Stream<Call> between(
            End.Pod own, End.Pod other, Direction way, List<Stopped> calls) {
        var from = way == Direction.EGRESS ? own : other;
        var to = way == Direction.EGRESS ? other : own;
        return Stream.concat(calls.stream().map(one -> one.call().at()), to.ports().stream())
                .distinct()
                .map(port -> new Call(from, to, port));
    }

    /** One pod for each workload and set of labels: policies see no other difference. */
    private static List<End.Pod> kinds(Topology topology) {
        var kinds = new LinkedHashMap<List<Object>, End.Pod>();
        for (var pod : topology.all("Pod")) {
            var labels = pod.at("metadata", "labels");
            kinds.putIfAbsent(List.of(topology.logical(pod.ref()), labels), End.of(pod, topology));
        }
        return List.copyOf(kinds.values());
    }
}
