package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Anchor;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Symptoms that nobody feels and that fit no incident: they wait for company, for a while. */
public final class Orphans {
    /**
     * One that waits.
     *
     * @param until when it is forgotten
     */
    public record Orphan(Member member, Instant until) {}

    private final CorrelationParameters parameters;
    private final SortedMap<SymptomKey, Orphan> waiting = new TreeMap<>();
    private long dropped;

    Orphans(CorrelationParameters parameters) {
        this.parameters = parameters;
    }

    static Orphans restore(List<Orphan> kept, CorrelationParameters parameters) {
        var orphans = new Orphans(parameters);
        kept.forEach(orphan -> orphans.waiting.put(orphan.member().key(), orphan));
        return orphans;
    }

    List<Orphan> keep() {
        return List.copyOf(waiting.values());
    }

    /** Beyond the limit the one that waited longest goes. */
    void add(Member member, Instant at) {
        waiting.put(member.key(), new Orphan(member, at.plus(parameters.orphanLife())));
        if (waiting.size() > parameters.limits().orphans()) {
            waiting.values().stream()
                    .min(Comparator.comparing(Orphan::until).thenComparing(o -> o.member().key()))
                    .ifPresent(oldest -> waiting.remove(oldest.member().key()));
            dropped++;
        }
    }

    void remove(SymptomKey key) {
        waiting.remove(key);
    }

    List<Member> all() {
        return waiting.values().stream().map(Orphan::member).toList();
    }

    /** How many, with this one, share a cause that is no hub. */
    int sharing(Member fresh) {
        var causes = new HashSet<Cause>();
        fresh.anchors().stream()
                .filter(anchor -> !anchor.hub())
                .map(Anchor::cause)
                .forEach(causes::add);
        var others =
                waiting.values().stream()
                        .filter(
                                orphan ->
                                        orphan.member().anchors().stream()
                                                .map(Anchor::cause)
                                                .anyMatch(causes::contains))
                        .count();
        return (int) others + 1;
    }

    void forget(Instant now) {
        waiting.values().removeIf(orphan -> !orphan.until().isAfter(now));
    }

    Stream<Instant> due() {
        return waiting.values().stream().map(Orphan::until);
    }

    long dropped() {
        return dropped;
    }
}
