package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.stream.Stream;

/** A call that somebody wants to make, and where it is stopped. */
public record Stopped(Wanted wanted, Passage.Denial denial) {
    public Call call() {
        return wanted.call();
    }

    public Direction direction() {
        return denial.direction();
    }

    /** Whether its caller is kept from asking for names, so that nothing else is tried. */
    public boolean isUnresolved() {
        return wanted.isForNames() && direction() == Direction.EGRESS;
    }

    /**
     * Who must be let in, or whom its own pods must reach: the end that the policy is not about.
     */
    public End other() {
        return direction() == Direction.INGRESS ? call().from() : call().to();
    }

    /** Wanted calls that one policy has a part in stopping. */
    public static List<Stopped> by(ResourceRef policy, Topology topology) {
        var policies = NetworkPolicies.of(topology);
        return Wanted.around(policy, topology).stream()
                .flatMap(
                        wanted ->
                                denials(policies.judge(wanted.call()))
                                        .filter(denial -> denial.policies().contains(policy))
                                        .map(denial -> new Stopped(wanted, denial)))
                .toList();
    }

    private static Stream<Passage.Denial> denials(Passage passage) {
        return switch (passage) {
            case Passage.Allowed() -> Stream.of();
            case Passage.Denied(var denials) -> denials.stream();
        };
    }
}
