package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.Hop;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Merges and splits once a cause is known: incidents with one cause are one, and an incident with
 * two causes that explain different symptoms is two.
 */
final class Regrouping {
    private final Groups groups;
    private final Fit fit;
    private final CorrelationParameters parameters;
    private final CausalModel model;

    Regrouping(Groups groups, Fit fit, CorrelationParameters parameters, CausalModel model) {
        this.groups = groups;
        this.fit = fit;
        this.parameters = parameters;
        this.model = model;
    }

    List<CorrelationEvent> of(Group group, Diagnosis diagnosis, Instant at) {
        if (diagnosis.hypotheses().isEmpty()) {
            return List.of();
        }
        var best = diagnosis.hypotheses().getFirst();
        var known = best.causes().stream().filter(cause -> !cause.isUnknown()).toList();
        var certain = isGrounded(best) && best.probability() >= parameters.merge();
        group.settle(certain && known.size() == 1 ? known : List.of());
        markExplained(group, diagnosis, certain);
        if (!certain) {
            return List.of();
        }
        return switch (known.size()) {
            case 1 -> mergeAll(group, known.getFirst(), at);
            case 2 -> split(group, best, at);
            default -> List.of();
        };
    }

    private static boolean isGrounded(Hypothesis hypothesis) {
        return switch (hypothesis.status()) {
            case SUPPORTED, VERIFIED -> true;
            case SUSPECTED, REFUTED -> false;
        };
    }

    private static void markExplained(Group group, Diagnosis diagnosis, boolean certain) {
        for (var member : List.copyOf(group.members())) {
            group.put(member.explained(certain && !diagnosis.unexplained().contains(member.key())));
        }
    }

    private List<CorrelationEvent> mergeAll(Group group, Cause cause, Instant at) {
        var events = new ArrayList<CorrelationEvent>();
        var here = group;
        for (var other : List.copyOf(groups.open())) {
            if (other != here && belongsTo(cause, other)) {
                var because = "both come from \u201c%s\u201d".formatted(model.title(cause));
                var merged = groups.merge(here, other, because, at);
                events.addAll(merged);
                if (!merged.isEmpty()) {
                    here = here.sequence < other.sequence ? here : other;
                    here.settle(List.of(cause));
                }
            }
        }
        return events;
    }

    /** It has the same cause, or no cause of its own while most of it may come from this one. */
    private boolean belongsTo(Cause cause, Group other) {
        if (!other.settled().isEmpty()) {
            return other.settled().contains(cause);
        }
        var live = other.members().stream().filter(Member::live).toList();
        var pointing = live.stream().filter(member -> fit.isMostly(member, cause)).count();
        return !live.isEmpty() && pointing * 2 >= live.size();
    }

    /** The symptoms of the cause that began later leave. */
    private List<CorrelationEvent> split(Group group, Hypothesis pair, Instant at) {
        var first = reached(pair, pair.causes().getFirst(), group);
        var second = reached(pair, pair.causes().getLast(), group);
        var shared = new TreeSet<>(first);
        shared.retainAll(second);
        if (first.isEmpty() || second.isEmpty() || !shared.isEmpty()) {
            return List.of();
        }
        var firstLeaves = onset(group, first).isAfter(onset(group, second));
        return groups.split(
                group,
                List.copyOf(firstLeaves ? first : second),
                "two causes that have nothing to do with each other: %s; and %s"
                        .formatted(
                                model.title(pair.causes().getFirst()),
                                model.title(pair.causes().getLast())),
                at);
    }

    private static Set<SymptomKey> reached(Hypothesis hypothesis, Cause cause, Group group) {
        var reached = new TreeSet<SymptomKey>();
        var seen = new HashSet<SymptomKey>();
        var open = new ArrayDeque<>(List.of(new SymptomKey(cause.mechanism(), cause.at())));
        while (!open.isEmpty()) {
            var here = open.remove();
            for (Hop hop : hypothesis.chain()) {
                var to = new SymptomKey(hop.toState(), hop.to());
                if (hop.fromState().equals(here.type())
                        && hop.from().equals(here.about())
                        && seen.add(to)) {
                    open.add(to);
                    group.member(to).ifPresent(member -> reached.add(to));
                }
            }
        }
        return reached;
    }

    private static Instant onset(Group group, Set<SymptomKey> keys) {
        return keys.stream()
                .flatMap(key -> group.member(key).stream())
                .map(Member::onsetLatest)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
