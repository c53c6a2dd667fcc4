package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.Hypotheses.Switch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Weighs the hypotheses against each other: none, every single cause, and pairs of the best, as
 * long as the work allows.
 */
final class Ranking {
    /**
     * One hypothesis with its weight.
     *
     * @param causes none, one or two
     * @param logWeight natural log of prior times tempered likelihood
     * @param probability of all hypotheses together 1
     */
    record Scored(List<Switch> causes, double logWeight, double probability) {
        private String name() {
            return causes.stream().map(Switch::cause).toList().toString();
        }
    }

    private static final Comparator<Scored> BEST =
            Comparator.comparingDouble(Scored::logWeight).reversed().thenComparing(Scored::name);

    private final Hypotheses hypotheses;
    private final Parameters parameters;
    private final List<Scored> scored = new ArrayList<>();
    private int cut;

    private Ranking(Hypotheses hypotheses, Parameters parameters) {
        this.hypotheses = hypotheses;
        this.parameters = parameters;
    }

    /** All hypotheses, best first. */
    static Ranking of(Hypotheses hypotheses, Parameters parameters) {
        var ranking = new Ranking(hypotheses, parameters);
        ranking.score();
        ranking.normalise();
        return ranking;
    }

    private void score() {
        add(List.of(), Math.log(parameters.noneShare()));
        for (var one : hypotheses.switches()) {
            add(List.of(one), Math.log(one.prior().odds()));
        }
        var singles =
                scored.stream()
                        .filter(s -> s.causes().size() == 1)
                        .sorted(BEST)
                        .map(s -> s.causes().getFirst())
                        .toList();
        var paired = parameters.limits().paired();
        for (int i = 0; i < Math.min(paired, singles.size()); i++) {
            // The three best are paired with everything: one of the rest may explain what is left.
            var most = i < 3 ? singles.size() : Math.min(paired, singles.size());
            for (int j = i + 1; j < most; j++) {
                pair(singles.get(i), singles.get(j));
            }
        }
    }

    private void pair(Switch first, Switch second) {
        if (first.isUnknown() && second.isUnknown()) {
            return;
        }
        if (hypotheses.work() > parameters.limits().work()) {
            cut++;
            return;
        }
        // Either may be the fault that the incident has anyway; the other one came on top.
        var asGiven =
                Math.max(
                        first.prior().odds() * second.prior().asSecond(parameters.secondFault()),
                        second.prior().odds() * first.prior().asSecond(parameters.secondFault()));
        add(List.of(first, second), Math.log(asGiven));
    }

    private void add(List<Switch> causes, double logPrior) {
        var logWeight = logPrior + parameters.alpha() * hypotheses.logLikelihood(causes);
        scored.add(new Scored(causes, logWeight, 0));
    }

    private void normalise() {
        scored.sort(BEST);
        var most = scored.getFirst().logWeight();
        var sum = scored.stream().mapToDouble(s -> Math.exp(s.logWeight() - most)).sum();
        scored.replaceAll(
                s -> new Scored(s.causes(), s.logWeight(), Math.exp(s.logWeight() - most) / sum));
    }

    List<Scored> all() {
        return scored;
    }

    /** Pairs left out because the work was used up. */
    int cut() {
        return cut;
    }
}
