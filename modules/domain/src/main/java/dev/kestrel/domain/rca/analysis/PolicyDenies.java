package dev.kestrel.domain.rca.analysis;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.domain.topology.policy.End;
import dev.kestrel.domain.topology.policy.Stopped;
import dev.kestrel.domain.topology.policy.Wanted;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A NetworkPolicy stops a call that somebody wants to make: no rule of its own lets it pass, and no
 * other policy's. Computed from the objects, because a default deny names no policy.
 */
public final class PolicyDenies implements Analyzer {
    /** Calls of a workload to another. */
    static final PolicyDenies CALLER = new PolicyDenies("policy_denies_caller", false);

    /** Questions for names, without which nothing else is tried. */
    static final PolicyDenies DNS = new PolicyDenies("policy_denies_dns", true);

    private static final int SHOWN = 5;

    private final String id;
    private final boolean names;

    private PolicyDenies(String id, boolean names) {
        this.id = id;
        this.names = names;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Analysis examine(
            ResourceRef subject, Topology topology, List<Symptom> symptoms, Instant now) {
        if (topology.find(subject).isEmpty()) {
            return Analysis.unclear(subject + " is not known");
        }
        var stopped = Stopped.by(subject, topology);
        var unresolved = stopped.stream().filter(Stopped::isUnresolved).toList();
        if (names) {
            return Wanted.around(subject, topology).stream().noneMatch(Wanted::isForNames)
                    ? Analysis.unclear("Nobody is known whom its pods ask for names")
                    : concluded(subject, unresolved, topology, now);
        }
        var calls = stopped.stream().filter(one -> !one.wanted().isForNames()).toList();
        var felt = calls.stream().filter(one -> isFelt(one, symptoms, topology)).toList();
        if (felt.isEmpty() && !calls.isEmpty()) {
            return Analysis.unclear(
                    subject
                            + " would stop a call that nobody is seen to miss: "
                            + told(calls, topology));
        }
        if (!unresolved.isEmpty() && felt.stream().noneMatch(one -> one.wanted().seen())) {
            return Analysis.unclear(
                    "Its pods cannot ask for names, so whether they may call is not tried");
        }
        return concluded(subject, felt, topology, now);
    }

    /** What configuration only names counts once its caller is in trouble. */
    private static boolean isFelt(Stopped one, List<Symptom> symptoms, Topology topology) {
        return one.wanted().seen()
                || (one.call().from() instanceof End.Pod pod
                        && symptoms.stream()
                                .map(symptom -> symptom.key().about())
                                .anyMatch(topology.logical(pod.ref())::equals));
    }

    private Analysis concluded(
            ResourceRef policy, List<Stopped> stopped, Topology topology, Instant now) {
        if (stopped.isEmpty()) {
            return Analysis.absent(
                    policy
                            + (names
                                    ? " lets its pods ask for names"
                                    : " stops no call that is known to be wanted"),
                    List.of());
        }
        var first = stopped.getFirst();
        var summary =
                "%s stops %s from %s to %s: %s"
                        .formatted(
                                policy,
                                names ? "the question for names" : "the call",
                                first.call().from().shown(topology),
                                first.call().to().shown(topology),
                                missing(policy, first));
        var flips =
                stopped.stream()
                        .map(one -> "spec." + one.denial().direction().rules())
                        .distinct()
                        .map(path -> new Analysis.Flip(policy, path))
                        .toList();
        return Analysis.present(
                summary,
                flips,
                List.of(PodView.evidence(this, policy, now, summary, told(stopped, topology))));
    }

    private static String missing(ResourceRef policy, Stopped one) {
        var others =
                one.denial().policies().stream()
                        .filter(other -> !other.equals(policy))
                        .map(ResourceRef::toString)
                        .toList();
        return "no %s rule of it allows %s %d%s"
                .formatted(
                        one.denial().direction().rules(),
                        one.call().protocol(),
                        one.call().port(),
                        others.isEmpty() ? "" : ", nor one of " + String.join(", ", others));
    }

    private static String told(List<Stopped> stopped, Topology topology) {
        return stopped.stream()
                .map(
                        one ->
                                "%s -> %s %s %d, %s"
                                        .formatted(
                                                one.call().from().shown(topology),
                                                one.call().to().shown(topology),
                                                one.call().protocol(),
                                                one.call().port(),
                                                one.wanted().seen()
                                                        ? "seen dropped"
                                                        : "configured"))
                .distinct()
                .limit(SHOWN)
                .collect(Collectors.joining("\n"));
    }
}
