package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.Hypotheses.Switch;
import dev.kestrel.domain.rca.Hypothesis.Support;
import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.symptom.Evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words and numbers what speaks for a hypothesis, what against it, and why it lost. */
final class Arguments {
    private static final double CAP = Math.log(100);
    private static final double SIGNATURE_CAP = Math.log(500);
    private static final double WORTH_SAYING = 0.05;
    private static final int MOST = 12;

    private final Scene scene;
    private final Graph graph;
    private final Hypotheses hypotheses;
    private final Map<Cause, Analysis> analyses;

    Arguments(Scene scene, Graph graph, Hypotheses hypotheses, Map<Cause, Analysis> analyses) {
        this.scene = scene;
        this.graph = graph;
        this.hypotheses = hypotheses;
        this.analyses = analyses;
    }

    /** What speaks for it or against it, strongest first. */
    List<Support> of(List<Switch> causes) {
        var support = new ArrayList<Support>();
        for (int part = 0; part < hypotheses.parts(); part++) {
            var ratio = hypotheses.logRatio(part, causes);
            if (Math.abs(ratio) >= WORTH_SAYING) {
                support.add(support(part, ratio));
            }
        }
        causes.forEach(one -> one.prior().trigger().forEach(t -> support.add(support(t))));
        return support.stream()
                .sorted(
                        Comparator.comparingDouble((Support s) -> -Math.abs(s.llr()))
                                .thenComparing(Support::text))
                .limit(MOST)
                .toList();
    }

    private Support support(int part, double ratio) {
        var signatures = hypotheses.signatures(part);
        if (!signatures.isEmpty()) {
            var analysis = analyses.get(signatures.getFirst());
            return new Support(
                    analysis == null ? "" : analysis.summary(),
                    capped(ratio, SIGNATURE_CAP),
                    analysis == null
                            ? List.of()
                            : analysis.evidence().stream().map(Evidence::id).toList());
        }
        var states = hypotheses.observed(part);
        return new Support(text(states), capped(ratio, CAP), evidence(states));
    }

    /** An old change is told as what it is: that nothing was changed lately. */
    private Support support(Priors.Trigger trigger) {
        if (trigger.ratio() <= 1) {
            return new Support(
                    "%s was not changed shortly before".formatted(trigger.change().of()),
                    capped(Math.log(trigger.ratio()), CAP),
                    List.of());
        }
        return new Support(
                ChangeEvidence.summary(trigger.change()),
                capped(Math.log(trigger.ratio()), CAP),
                List.of(ChangeEvidence.of(trigger.change()).id()));
    }

    private static double capped(double ratio, double cap) {
        return Math.max(-cap, Math.min(cap, ratio));
    }

    /** At least one observation that is ten times likelier with the causes than without any. */
    boolean isSpecific(List<Switch> causes) {
        for (int part = 0; part < hypotheses.parts(); part++) {
            var isSeen =
                    !hypotheses.signatures(part).isEmpty()
                            || hypotheses.observed(part).stream().anyMatch(graph::isPresent);
            if (isSeen && hypotheses.logRatio(part, causes) >= Math.log(10)) {
                return true;
            }
        }
        return false;
    }

    /** Why a hypothesis lost against a better one: the observation that cost it most. */
    String lost(List<Switch> loser, List<Switch> winner) {
        var worst = -1;
        var most = 0.0;
        for (int part = 0; part < hypotheses.parts(); part++) {
            var loss = hypotheses.logRatio(part, winner) - hypotheses.logRatio(part, loser);
            if (loss > most) {
                most = loss;
                worst = part;
            }
        }
        if (worst < 0 || most < WORTH_SAYING) {
            return loser.size() > winner.size()
                    ? "Two faults at once are less likely than one"
                    : "It explains as much, but is less likely from the start";
        }
        return "%s (about %s to 1 against it)".formatted(reason(worst), odds(most));
    }

    /** Two digits say all that such a number knows. */
    private static String odds(double ratio) {
        var odds = Math.min(1_000, Math.exp(ratio));
        return String.format(Locale.ROOT, odds < 10 ? "%.1f" : "%.0f", odds);
    }

    private String reason(int part) {
        var signatures = hypotheses.signatures(part);
        if (!signatures.isEmpty()) {
            var analysis = analyses.get(signatures.getFirst());
            return "It does not go with what the inventory shows: "
                    + (analysis == null ? "" : analysis.summary());
        }
        var states = hypotheses.observed(part);
        var absent = states.stream().filter(state -> !graph.isPresent(state)).toList();
        return absent.size() == states.size()
                ? "It predicts what is not there: " + named(absent)
                : "It does not explain as well: "
                        + named(states.stream().filter(graph::isPresent).toList());
    }

    private String text(List<StateAt> states) {
        var present = states.stream().filter(graph::isPresent).toList();
        var absent = states.stream().filter(state -> !graph.isPresent(state)).toList();
        if (present.isEmpty()) {
            return "Expected but not seen: " + named(absent);
        }
        return absent.isEmpty()
                ? named(present)
                : named(present) + "; expected but not seen: " + named(absent);
    }

    private String named(List<StateAt> states) {
        var text =
                states.stream()
                        .limit(4)
                        .map(
                                state ->
                                        state.at()
                                                + " "
                                                + scene.model.state(state.id(), state.at()).title())
                        .collect(Collectors.joining(", "));
        return states.size() > 4 ? text + " and " + (states.size() - 4) + " more" : text;
    }

    private List<String> evidence(List<StateAt> states) {
        return states.stream()
                .flatMap(
                        state -> {
                            var symptom = scene.own().get(state.key());
                            return symptom == null
                                    ? List.<Evidence>of().stream()
                                    : symptom.evidence().stream();
                        })
                .map(Evidence::id)
                .distinct()
                .limit(8)
                .toList();
    }
}
