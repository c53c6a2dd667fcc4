package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.policy.Relabelled;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How likely a cause is before its symptoms are looked at: how common the mechanism is, and whether
 * a change shortly before speaks for it. Most outages follow a change; a change of an object that
 * changes all the time says little.
 */
final class Priors {
    private static final double OTHER_FIELD = 0.3;

    /** A change of something else that the object refers to, and that matters to it. */
    private static final double REFERENCED = 0.5;

    /**
     * A change that may have brought a cause about.
     *
     * @param ratio likelihood ratio
     */
    record Trigger(Change change, double ratio) {}

    /**
     * Prior odds of a cause.
     *
     * @param ratio what changes contribute, as a likelihood ratio
     * @param trigger the change that speaks most for it
     */
    record Prior(double share, double ratio, List<Trigger> trigger) {
        double odds() {
            return share * ratio / (1 - share);
        }

        /** As the second fault of an incident: it can never be more likely than not. */
        double asSecond(double secondFault) {
            return secondFault * odds() / (1 + odds());
        }
    }

    private final Scene scene;

    Priors(Scene scene) {
        this.scene = scene;
    }

    /**
     * @param candidates of the same mechanism that share its prior
     * @param onset of the first symptom that the cause would explain
     */
    Prior of(Cause cause, int candidates, Instant onset) {
        var mechanism = scene.model.mechanisms().get(cause.mechanism());
        if (mechanism == null) {
            return new Prior(scene.parameters.unknownShare() / candidates, 1, List.of());
        }
        var trigger = trigger(mechanism, cause.at(), onset);
        var ratio = trigger.map(Trigger::ratio).orElseGet(() -> unchanged(mechanism, cause.at()));
        return new Prior(mechanism.share() / candidates, ratio, trigger.stream().toList());
    }

    /** A change-only mechanism without a change is unlikely, as far as changes would be seen. */
    private double unchanged(Mechanism mechanism, ResourceRef at) {
        return 1 - mechanism.triggeredByChange() * scene.visible("watch/" + at.kind());
    }

    private Optional<Trigger> trigger(Mechanism mechanism, ResourceRef at, Instant onset) {
        return Stream.concat(scene.topology.changes(at).stream(), referenced(at))
                .filter(change -> change.kind() != Change.Kind.DELETED)
                .filter(change -> !change.at().isAfter(onset.plus(scene.parameters.skew())))
                .map(change -> new Trigger(change, ratio(mechanism, at, change, onset)))
                .max(
                        Comparator.comparingDouble(Trigger::ratio)
                                .thenComparing(trigger -> trigger.change().at()));
    }

    private Stream<Change> referenced(ResourceRef at) {
        return at.kind().equals("NetworkPolicy")
                ? scene.topology.find(at).stream()
                        .flatMap(policy -> Relabelled.of(policy, scene.topology).stream())
                : Stream.of();
    }

    /**
     * {@code (1 - pi rel) + pi rel exp(-dt / tau) / (tau lambda)}. The cap is on the last factor
     * and not on the sum: a change of another field must stay behind one that matters.
     */
    private double ratio(Mechanism mechanism, ResourceRef at, Change change, Instant onset) {
        var relevance = change.of().equals(at) ? relevance(mechanism, change) : REFERENCED;
        var suspected = mechanism.triggeredByChange() * relevance;
        var tau = hours(scene.parameters.tau());
        var since = Math.max(0, hours(Duration.between(change.at(), onset)));
        var rate = scene.topology.changesPerHour(change.of(), scene.now);
        var recent = Math.min(scene.parameters.changeCap(), Math.exp(-since / tau) / (tau * rate));
        return (1 - suspected) + suspected * recent;
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / 3_600_000.0;
    }

    private static double relevance(Mechanism mechanism, Change change) {
        if (change.kind() == Change.Kind.CREATED || mechanism.changePaths().isEmpty()) {
            return 1;
        }
        return isRelevant(mechanism, change) ? 1 : OTHER_FIELD;
    }

    /** Whether the change touched one of the fields that matter to the mechanism. */
    static boolean isRelevant(Mechanism mechanism, Change change) {
        return change.fields().stream()
                .anyMatch(
                        field ->
                                mechanism.changePaths().stream()
                                        .anyMatch(path -> overlaps(field.path(), path)));
    }

    private static boolean overlaps(String changed, String path) {
        var one = changed.replaceAll("\\[[^]]*]", "[*]");
        return isAt(one, path) || isAt(path, one);
    }

    private static boolean isAt(String path, String root) {
        return path.startsWith(root)
                && (path.length() == root.length()
                        || path.charAt(root.length()) == '.'
                        || path.charAt(root.length()) == '[');
    }
}
