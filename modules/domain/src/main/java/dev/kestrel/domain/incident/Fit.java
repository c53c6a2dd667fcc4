package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Anchor;
import dev.kestrel.domain.rca.Cause;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says how well a symptom fits an incident: the most specific cause they may share, compared with
 * the most specific cause the symptom may have at all. What many depend on counts only when it is
 * itself suspicious, or every incident would end up at a node or at DNS.
 */
final class Fit {
    private static final double LATE = 0.02;
    private static final Duration FADES = Duration.ofMinutes(1);

    /**
     * How well, and because of which cause.
     *
     * @param score 0..1
     */
    record Score(double score, Cause because) {
        /**
         * Which of the possible causes it is, correlation does not know; where they meet, it does.
         */
        String link(Member fresh) {
            return because.at().equals(fresh.key().about()) ? "" : "linked through " + because.at();
        }
    }

    private final CorrelationParameters parameters;
    private final Supplier<Stream<Member>> everybody;

    /**
     * @param everybody live symptoms of the cluster, with or without an incident
     */
    Fit(CorrelationParameters parameters, Supplier<Stream<Member>> everybody) {
        this.parameters = parameters;
        this.everybody = everybody;
    }

    /** The best shared cause; empty where there is none. */
    Optional<Score> score(Member symptom, Group group) {
        var most = symptom.anchors().stream().mapToDouble(this::strength).max().orElse(0);
        return most == 0
                ? Optional.empty()
                : symptom.anchors().stream()
                        .map(anchor -> score(anchor, symptom, group, most))
                        .filter(score -> score.score() > 0)
                        .max(
                                Comparator.comparingDouble(Score::score)
                                        .thenComparing(Score::because, Comparator.reverseOrder()));
    }

    private Score score(Anchor anchor, Member symptom, Group group, double most) {
        var shared =
                group.members().stream()
                        .filter(member -> mayShare(member, anchor.cause()))
                        .mapToDouble(
                                member ->
                                        member.anchor(anchor.cause())
                                                .map(its -> inTime(symptom, anchor, member, its))
                                                .orElse(0.0))
                        .max()
                        .orElse(0);
        var ongoing = shared > 0 && group.showsAt(anchor.cause()) ? 1 : shared;
        return new Score(strength(anchor) * ongoing / most, anchor.cause());
    }

    /**
     * What a symptom has with a hub, or with something it calls, counts only when that is among its
     * better explanations and no other was found.
     */
    private boolean mayShare(Member member, Cause cause) {
        return member.anchor(cause)
                .filter(anchor -> !anchor.hub() || (!member.explained() && isMostly(member, cause)))
                .isPresent();
    }

    private double strength(Anchor anchor) {
        if (!anchor.hub()) {
            return anchor.specificity();
        }
        return isHot(anchor) ? alone(anchor) : 0;
    }

    /** A suspicious hub is as specific as something that nothing else depends on. */
    private static double alone(Anchor anchor) {
        return anchor.weight() * Math.log(2) / Math.log(3);
    }

    /** Something is wrong at the hub itself, or with more of its dependents than usual. */
    boolean isHot(Anchor hub) {
        var cause = hub.cause();
        if (everybody.get().anyMatch(member -> member.key().about().equals(cause.at()))) {
            return true;
        }
        var affected = new TreeSet<>();
        everybody
                .get()
                .filter(member -> !member.explained() && isMostly(member, cause))
                .forEach(member -> affected.add(member.key().about()));
        var dependents = Math.max(hub.dependents(), affected.size());
        return affected.size() >= 2
                && Beta.tail(affected.size(), dependents, parameters.hubBase())
                        > parameters.hubCertainty();
    }

    /** Whether a cause is among the better explanations of a symptom. */
    boolean isMostly(Member member, Cause cause) {
        var most = member.anchors().stream().mapToDouble(Anchor::weight).max().orElse(1);
        return member.anchor(cause)
                .filter(anchor -> anchor.weight() >= parameters.attach() * most)
                .isPresent();
    }

    /** Whether one cause can have brought about both at those times: 1, or less the later. */
    private double inTime(Member symptom, Anchor anchor, Member other, Anchor its) {
        var slack = parameters.slack();
        var latestStart =
                latest(
                        symptom.onsetEarliest().minus(anchor.lagMost()).minus(slack),
                        other.onsetEarliest().minus(its.lagMost()).minus(slack));
        var earliestEnd =
                earliest(
                        symptom.onsetLatest().minus(anchor.lagLeast()).plus(slack),
                        other.onsetLatest().minus(its.lagLeast()).plus(slack));
        if (!latestStart.isAfter(earliestEnd)) {
            return 1;
        }
        var gap = Duration.between(earliestEnd, latestStart).toMillis();
        return Math.max(LATE, Math.exp(-(double) gap / FADES.toMillis()));
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** The best of several incidents; the oldest where several are equally good. */
    Optional<Match> best(Member symptom, Collection<Group> groups) {
        return groups.stream()
                .flatMap(group -> score(symptom, group).map(s -> new Match(group, s)).stream())
                .max(
                        Comparator.comparingDouble((Match match) -> match.score().score())
                                .thenComparing(
                                        match -> match.group().sequence,
                                        Comparator.reverseOrder()));
    }

    /** An incident and how well a symptom fits it. */
    record Match(Group group, Score score) {}

    /** Hubs that a symptom points to and that are suspicious now. */
    List<Cause> hotHubs(Member symptom) {
        return symptom.anchors().stream()
                .filter(anchor -> anchor.hub() && isMostly(symptom, anchor.cause()))
                .filter(this::isHot)
                .map(Anchor::cause)
                .toList();
    }
}
