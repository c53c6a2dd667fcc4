package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.CausalState;
import dev.kestrel.domain.rca.Mechanism;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well mechanisms that may be suspected at one resource can be told apart by what is seen
 * anyway: symmetric Kullback-Leibler divergence of the symptoms they predict, in nats.
 */
public final class Separability {
    /** Below this, something else must tell them apart. */
    public static final double ENOUGH = 1.0;

    /** Two mechanisms and how far their symptoms differ. */
    public record Pair(String one, String other, double nats, boolean separated) {}

    private final CausalModel model;

    private Separability(CausalModel model) {
        this.model = model;
    }

    /** Every pair on one kind of resource, least separable first. */
    public static List<Pair> of(CausalModel model) {
        return new Separability(model).pairs();
    }

    private List<Pair> pairs() {
        var mechanisms = List.copyOf(model.mechanisms().values());
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < mechanisms.size(); i++) {
            for (int j = i + 1; j < mechanisms.size(); j++) {
                if (mechanisms.get(i).on().equals(mechanisms.get(j).on())) {
                    pairs.add(pair(mechanisms.get(i), mechanisms.get(j)));
                }
            }
        }
        pairs.sort(
                Comparator.comparingDouble(Pair::nats)
                        .thenComparing(Pair::one)
                        .thenComparing(Pair::other));
        return pairs;
    }

    private Pair pair(Mechanism one, Mechanism other) {
        var p = predicted(one.id());
        var q = predicted(other.id());
        var nats = 0.0;
        for (var state : model.states().values()) {
            if (!state.latent()) {
                nats +=
                        divergence(
                                p.getOrDefault(state.id(), state.leak()),
                                q.getOrDefault(state.id(), state.leak()));
            }
        }
        return new Pair(one.id(), other.id(), nats, isSeparatedOtherwise(one, other));
    }

    /** By an analyzer, by an investigation, or because their conditions exclude each other. */
    private boolean isSeparatedOtherwise(Mechanism one, Mechanism other) {
        return !one.analyzer().equals(other.analyzer())
                || model.investigations().stream()
                        .anyMatch(
                                investigation ->
                                        investigation.separates().contains(one.id())
                                                && investigation.separates().contains(other.id()));
    }

    private static double divergence(double p, double q) {
        return (p - q) * (Math.log(p / q) - Math.log((1 - p) / (1 - q)));
    }

    /** Probability of each symptom, on whatever resource, if the mechanism is at work. */
    private SortedMap<String, Double> predicted(String mechanism) {
        var probabilities = new TreeMap<String, Double>();
        spread(mechanism, true, 1, 0, probabilities);
        probabilities.replaceAll((id, p) -> Math.min(0.99, withLeak(id, p)));
        return probabilities;
    }

    private double withLeak(String id, double p) {
        var state = model.states().get(id);
        var leak = state == null ? 0 : leak(state);
        return 1 - (1 - p) * (1 - leak);
    }

    private static double leak(CausalState state) {
        return state.leak();
    }

    private void spread(
            String id,
            boolean isCause,
            double weight,
            int depth,
            SortedMap<String, Double> probabilities) {
        if (depth > 8 || (!isCause && model.mechanisms().containsKey(id))) {
            return;
        }
        for (var effect : model.effectsOf(id)) {
            var reached = weight * effect.weight();
            if (reached > probabilities.getOrDefault(effect.to(), 0.0)) {
                probabilities.put(effect.to(), reached);
                spread(effect.to(), false, reached, depth + 1, probabilities);
            }
        }
    }
}
