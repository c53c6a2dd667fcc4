package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.Hypotheses.Switch;
import dev.kestrel.domain.rca.Ranking.Scored;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides what may be said, given the weighed hypotheses. */
final class Conclusion {
    /** A cause this improbable whose signature is absent is refuted. */
    private static final double REFUTED_BELOW = 0.05;

    private final Scene scene;
    private final Graph graph;
    private final Map<Cause, Analysis> analyses;
    private final Arguments arguments;
    private final Chain chain;

    Conclusion(Scene scene, Graph graph, Hypotheses hypotheses, Map<Cause, Analysis> analyses) {
        this.scene = scene;
        this.graph = graph;
        this.analyses = analyses;
        this.arguments = new Arguments(scene, graph, hypotheses, analyses);
        this.chain = new Chain(scene, graph, confirmed());
    }

    private Set<Cause> confirmed() {
        return analyses.entrySet().stream()
                .filter(entry -> entry.getValue().verdict() == Analysis.Verdict.PRESENT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Diagnosis of(List<Scored> ranked) {
        var shown =
                ranked.stream()
                        .filter(scored -> !scored.causes().isEmpty())
                        .limit(scene.parameters.limits().hypothesesShown())
                        .toList();
        var hypotheses = new ArrayList<Hypothesis>();
        for (var scored : shown) {
            hypotheses.add(hypothesis(hypotheses.size() + 1, scored, shown.getFirst()));
        }
        return new Diagnosis(
                verdict(shown, hypotheses),
                hypotheses,
                unexplained(shown),
                notSeen(),
                scene.model.digest(),
                false);
    }

    private Hypothesis hypothesis(int rank, Scored scored, Scored winner) {
        var explanation = Explanation.of(scene, graph, scored.causes());
        var hops = chain.of(explanation);
        return new Hypothesis(
                rank,
                scored.causes().stream().map(Switch::cause).toList(),
                title(scored),
                Math.min(scored.probability(), scene.parameters.thresholds().shown()),
                explanation.explained(),
                status(scored, explanation, hops),
                arguments.of(scored.causes()),
                hops,
                rank == 1 ? "" : arguments.lost(scored.causes(), winner.causes()));
    }

    private Hypothesis.Status status(Scored scored, Explanation explanation, List<Hop> hops) {
        var known =
                scored.causes().stream()
                        .map(Switch::cause)
                        .filter(cause -> !cause.isUnknown())
                        .toList();
        var isAbsent = known.stream().anyMatch(cause -> verdict(cause) == Analysis.Verdict.ABSENT);
        if (isAbsent && scored.probability() < REFUTED_BELOW) {
            return Hypothesis.Status.REFUTED;
        }
        var isBroken = hops.stream().anyMatch(hop -> hop.status() == Hop.Status.BROKEN);
        if (known.isEmpty() || isBroken || !arguments.isSpecific(scored.causes())) {
            return Hypothesis.Status.SUSPECTED;
        }
        var thresholds = scene.parameters.thresholds();
        var isVerified =
                known.stream().allMatch(cause -> verdict(cause) == Analysis.Verdict.PRESENT)
                        && known.size() == scored.causes().size()
                        && explanation.impactExplained() >= thresholds.verifiedExplained()
                        && scored.probability() >= thresholds.verified();
        return isVerified ? Hypothesis.Status.VERIFIED : Hypothesis.Status.SUPPORTED;
    }

    private Analysis.Verdict verdict(Cause cause) {
        var analysis = analyses.get(cause);
        return analysis == null ? Analysis.Verdict.UNCLEAR : analysis.verdict();
    }

    private String title(Scored scored) {
        return scored.causes().stream()
                .map(one -> scene.model.title(one.cause()))
                .collect(Collectors.joining("; and "));
    }

    /** Thresholds are on the probability itself and not on the confidence that is shown. */
    private Diagnosis.Verdict verdict(List<Scored> shown, List<Hypothesis> hypotheses) {
        if (shown.isEmpty()) {
            return Diagnosis.Verdict.UNKNOWN_CAUSE;
        }
        var thresholds = scene.parameters.thresholds();
        var top = shown.getFirst();
        var best = hypotheses.getFirst();
        var isGrounded =
                switch (best.status()) {
                    case SUPPORTED, VERIFIED -> true;
                    case SUSPECTED, REFUTED -> false;
                };
        if (top.causes().getFirst().isUnknown()
                || best.explained() < thresholds.explainedAtLeast()) {
            return Diagnosis.Verdict.UNKNOWN_CAUSE;
        }
        if (top.probability() >= thresholds.rootCause() && isGrounded) {
            return Diagnosis.Verdict.ROOT_CAUSE;
        }
        var mass =
                shown.stream()
                        .limit(thresholds.candidates())
                        .filter(scored -> !scored.causes().getFirst().isUnknown())
                        .mapToDouble(Scored::probability)
                        .sum();
        return top.probability() < thresholds.unknownBelow() && mass < thresholds.candidatesMass()
                ? Diagnosis.Verdict.UNKNOWN_CAUSE
                : Diagnosis.Verdict.CANDIDATES;
    }

    private List<SymptomKey> unexplained(List<Scored> shown) {
        if (shown.isEmpty()) {
            return scene.live().stream().map(Symptom::key).toList();
        }
        var best = Explanation.of(scene, graph, shown.getFirst().causes());
        return scene.live().stream()
                .map(Symptom::key)
                .filter(key -> !best.explains(StateAt.of(key)))
                .toList();
    }

    /** Sources that would have shown a predicted state but cannot be seen. */
    private List<String> notSeen() {
        return scene.blind();
    }

    /** Evidence of analyses and changes that the hypotheses refer to, by id. */
    List<Evidence> evidence(List<Switch> switches) {
        var evidence = new TreeMap<String, Evidence>();
        analyses.values().stream()
                .flatMap(analysis -> analysis.evidence().stream())
                .forEach(one -> evidence.put(one.id(), one));
        switches.stream()
                .flatMap(one -> one.prior().trigger().stream())
                .map(trigger -> ChangeEvidence.of(trigger.change()))
                .forEach(one -> evidence.put(one.id(), one));
        return List.copyOf(evidence.values());
    }
}
