package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Anchor;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The symptoms of one incident, open or lately closed. */
final class Group {
    private final SortedMap<SymptomKey, Member> members = new TreeMap<>();
    final String id;
    final long sequence;
    private Instant emptySince = Instant.MAX;
    private Instant closedAt = Instant.MAX;
    private Duration longestGap = Duration.ZERO;
    private List<Cause> settled = List.of();

    Group(String id, long sequence) {
        this.id = id;
        this.sequence = sequence;
    }

    /** What a checkpoint keeps; {@link Instant#MAX} is written as the epoch. */
    record Kept(
            String id,
            long sequence,
            List<Member> members,
            Instant emptySince,
            Instant closedAt,
            Duration longestGap,
            List<Cause> settled) {}

    Kept keep() {
        return new Kept(
                id,
                sequence,
                List.copyOf(members.values()),
                orEpoch(emptySince),
                orEpoch(closedAt),
                longestGap,
                settled);
    }

    static Group of(Kept kept) {
        var group = new Group(kept.id(), kept.sequence());
        kept.members().forEach(group::put);
        group.emptySince = orMax(kept.emptySince());
        group.closedAt = orMax(kept.closedAt());
        group.longestGap = kept.longestGap();
        group.settled = List.copyOf(kept.settled());
        return group;
    }

    private static Instant orEpoch(Instant instant) {
        return instant.equals(Instant.MAX) ? Instant.EPOCH : instant;
    }

    private static Instant orMax(Instant instant) {
        return instant.equals(Instant.EPOCH) ? Instant.MAX : instant;
    }

    Collection<Member> members() {
        return members.values();
    }

    Optional<Member> member(SymptomKey key) {
        return Optional.ofNullable(members.get(key));
    }

    void put(Member member) {
        members.put(member.key(), member);
    }

    void remove(SymptomKey key) {
        members.remove(key);
    }

    /** Whether anybody still feels it; where nobody ever did, whether anything is still wrong. */
    boolean isFelt() {
        var hadImpact = members.values().stream().anyMatch(Member::impact);
        return members.values().stream()
                .anyMatch(member -> member.live() && (member.impact() || !hadImpact));
    }

    boolean isEmptied() {
        return !emptySince.equals(Instant.MAX);
    }

    void emptied(Instant at) {
        emptySince = at;
    }

    /** Felt again; how long it was not says how much it flaps. */
    void filled(Instant at) {
        var gap = Duration.between(emptySince, at);
        longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
        emptySince = Instant.MAX;
    }

    /** When it closes if nothing comes back; {@link Instant#MAX} while it is felt. */
    Instant closesAt(CorrelationParameters parameters) {
        if (!isEmptied()) {
            return Instant.MAX;
        }
        var flapping = longestGap.multipliedBy(parameters.quietFlaps());
        var quiet = parameters.quiet();
        return emptySince.plus(flapping.compareTo(quiet) > 0 ? flapping : quiet);
    }

    void close(Instant at) {
        closedAt = at;
    }

    Instant closedAt() {
        return closedAt;
    }

    void reopen() {
        closedAt = Instant.MAX;
        emptySince = Instant.MAX;
    }

    /** The one cause that was found with enough certainty; empty before. */
    List<Cause> settled() {
        return settled;
    }

    void settle(List<Cause> causes) {
        settled = List.copyOf(causes);
    }

    /** Whether a symptom at the resource of the cause itself is live. */
    boolean showsAt(Cause cause) {
        return members.values().stream()
                .anyMatch(member -> member.live() && member.key().about().equals(cause.at()));
    }

    /** The anchor of that cause in the member that points to it most strongly. */
    Optional<Anchor> strongest(Cause cause) {
        return members.values().stream()
                .flatMap(member -> member.anchor(cause).stream())
                .max((a, b) -> Double.compare(a.weight(), b.weight()));
    }
}
