package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.topology.Edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Grounds a chain of effects hop by hop. A hop holds when the edge was there (structure), when its
 * ends are abnormal or latent (deviation), and when the effect did not come before its cause
 * (time).
 */
final class Chain {
    /** How far clocks, polling and late signals may blur the order. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private final Scene scene;
    private final Graph graph;
    private final Set<Cause> tested;

    /**
     * @param tested causes whose signature was found
     */
    Chain(Scene scene, Graph graph, Set<Cause> tested) {
        this.scene = scene;
        this.graph = graph;
        this.tested = tested;
    }

    List<Hop> of(Explanation explanation) {
        return explanation.tree().stream().map(this::hop).toList();
    }

    private Hop hop(Link link) {
        var seen = scene.own().get(link.to().key());
        var seenAt = seen == null ? Instant.EPOCH : seen.onsetLatest();
        return new Hop(
                link.effect().id(),
                link.from().id(),
                link.from().at(),
                link.to().id(),
                link.to().at(),
                link.effect().path().relations(),
                link.effect().weight(),
                status(link),
                seenAt,
                text(link),
                seen == null ? List.of() : seen.evidence().stream().map(Evidence::id).toList());
    }

    private Hop.Status status(Link link) {
        if (isOutOfOrder(link) || isYounger(link)) {
            return Hop.Status.BROKEN;
        }
        if (!graph.isPresent(link.to())) {
            return Hop.Status.INFERRED;
        }
        return isTested(link) ? Hop.Status.TESTED : Hop.Status.OBSERVED;
    }

    private boolean isTested(Link link) {
        return link.from().cause()
                && tested.contains(new Cause(link.from().id(), link.from().at()));
    }

    private boolean isOutOfOrder(Link link) {
        var cause = scene.own().get(link.from().key());
        var effect = scene.own().get(link.to().key());
        if (link.from().cause() || cause == null || effect == null) {
            return false;
        }
        var soonest =
                cause.onsetEarliest()
                        .plus(link.effect().lagLeast())
                        .minus(SLACK)
                        .minus(scene.parameters.skew());
        return effect.onsetLatest().isBefore(soonest);
    }

    /**
     * The edge came about only after the effect did, because somebody changed one of its ends. An
     * edge that is merely first seen later proves nothing: so is every edge after a connect.
     */
    private boolean isYounger(Link link) {
        var effect = scene.own().get(link.to().key());
        if (effect == null || link.effect().path().isSelf()) {
            return false;
        }
        var onset = effect.onsetLatest().plus(SLACK);
        return edges(link).stream()
                .anyMatch(
                        edge ->
                                edge.since().isAfter(onset)
                                        && (wasChanged(edge.from(), effect, edge.since())
                                                || wasChanged(edge.to(), effect, edge.since())));
    }

    private boolean wasChanged(ResourceRef resource, Symptom effect, Instant until) {
        return scene.topology.changes(resource).stream()
                .anyMatch(
                        change ->
                                change.at().isAfter(effect.onsetLatest())
                                        && !change.at().isAfter(until.plus(SLACK)));
    }

    /** The live edges of a path that has one step; longer paths have no single witness. */
    private List<Edge> edges(Link link) {
        var steps = link.effect().path().steps();
        if (steps.size() != 1) {
            return List.of();
        }
        var step = steps.getFirst();
        var from = step.along() ? link.from().at() : link.to().at();
        var to = step.along() ? link.to().at() : link.from().at();
        return scene.topology.from(from, step.relation()).stream()
                .filter(edge -> edge.to().equals(to))
                .toList();
    }

    private String text(Link link) {
        var effect = scene.model.state(link.to().id(), link.to().at());
        var text = link.to().at() + " " + effect.title();
        if (!graph.isPresent(link.to())) {
            return text + " (nothing shows it directly)";
        }
        var seen = scene.own().get(link.to().key());
        return seen == null || seen.all() <= 1
                ? text
                : "%s, %d of %d".formatted(text, seen.bad(), seen.all());
    }
}
