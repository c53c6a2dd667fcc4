package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;
import dev.kestrel.domain.symptom.Symptom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The causes that are worth scoring: those that the symptoms lead back to, cut down by a quick
 * estimate that treats observations as independent (a codebook).
 */
final class Candidates {
    /**
     * A cause, its prior and its estimate.
     *
     * @param first onset of the first symptom that leads back to it
     */
    record Candidate(Cause cause, Priors.Prior prior, Instant first, double estimate) {}

    private static final Comparator<Candidate> BEST =
            Comparator.comparingDouble(Candidate::estimate)
                    .reversed()
                    .thenComparing(Candidate::cause);

    private final Scene scene;
    private final Expansion expansion;
    private int found;

    Candidates(Scene scene, Expansion expansion) {
        this.scene = scene;
        this.expansion = expansion;
    }

    /** The best candidates, best first. */
    List<Candidate> best() {
        SortedMap<Cause, List<Lead>> leads = new TreeMap<>();
        for (var symptom : scene.live()) {
            for (var anchor : Anchors.of(symptom.key(), scene)) {
                leads.computeIfAbsent(anchor.cause(), ignored -> new ArrayList<>())
                        .add(new Lead(symptom, anchor.weight()));
            }
        }
        found = leads.size();
        var limits = scene.parameters.limits();
        return estimated(leads).stream()
                .sorted(BEST)
                .limit(limits.candidates())
                .limit(limits.shortlist())
                .map(this::lessAbsent)
                .sorted(BEST)
                .limit(limits.exact())
                .toList();
    }

    /** Candidates before any was cut. */
    int found() {
        return found;
    }

    private record Lead(Symptom symptom, double weight) {}

    private List<Candidate> estimated(Map<Cause, List<Lead>> leads) {
        var perMechanism = new TreeMap<String, Integer>();
        leads.keySet().forEach(cause -> perMechanism.merge(cause.mechanism(), 1, Integer::sum));
        var priors = new Priors(scene);
        var candidates = new ArrayList<Candidate>();
        leads.forEach(
                (cause, its) -> {
                    var first =
                            its.stream()
                                    .map(lead -> lead.symptom().onsetLatest())
                                    .min(Comparator.naturalOrder())
                                    .orElseGet(scene::onset);
                    var alike = perMechanism.getOrDefault(cause.mechanism(), 1);
                    var prior = priors.of(cause, alike, first);
                    var estimate = Math.log(prior.odds());
                    for (var lead : its) {
                        estimate += scene.parameters.alpha() * gain(lead);
                    }
                    candidates.add(new Candidate(cause, prior, first, estimate));
                });
        return candidates;
    }

    private double gain(Lead lead) {
        var key = lead.symptom().key();
        var leak = scene.model.state(key.type(), key.about()).leak();
        return Math.log((1 - (1 - leak) * (1 - lead.weight())) / leak);
    }

    private Candidate lessAbsent(Candidate candidate) {
        var estimate = candidate.estimate();
        for (var predicted : expansion.of(candidate.cause()).values()) {
            var sight = scene.sight(predicted.node(), predicted.most());
            if (sight.seen() == Seen.ABSENT) {
                var expected = Math.min(0.99, sight.reliability() * predicted.weight());
                estimate += scene.parameters.alpha() * Math.log(1 - expected);
            }
        }
        return new Candidate(candidate.cause(), candidate.prior(), candidate.first(), estimate);
    }
}
