package dev.kestrel.quality.scenario;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.Kind;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.symptom.Symptom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what a person would have seen, one line for each telling moment. */
final class Chronicle {
    private static final int REASONS = 2;
    private static final int LOSERS = 2;

    private final Instant fault;
    private final Map<String, Incident> seen = new LinkedHashMap<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /**
     * @param fault from when on times are counted
     */
    Chronicle(Instant fault) {
        this.fault = fault;
    }

    List<String> lines() {
        return lines.isEmpty() ? List.of("nothing happened") : List.copyOf(lines);
    }

    /** Tells what a new revision has that the one before had not. */
    void add(Incident incident) {
        var before = Optional.ofNullable(seen.put(incident.id(), incident));
        if (before.isEmpty()) {
            numbers.add(incident.id());
        }
        var to = new Lines(incident);
        symptoms(before, incident, to);
        if (!before.map(Incident::title).equals(Optional.of(incident.title()))) {
            to.line("title: " + incident.title());
        }
        if (!before.map(Incident::severity).equals(Optional.of(incident.severity()))) {
            to.line("severity: " + incident.severity());
        }
        var told = before.map(Incident::timeline).orElse(List.of());
        incident.timeline().stream()
                .filter(entry -> !told.contains(entry))
                .filter(entry -> entry.kind() != Kind.DIAGNOSIS)
                .forEach(entry -> to.line(entry.by() + ": " + entry.text()));
        if (!before.map(one -> conclusion(one.diagnosis()))
                .equals(Optional.of(conclusion(incident.diagnosis())))) {
            conclude(incident.diagnosis(), to);
        }
        incident.remediations().stream()
                .filter(one -> one.phase() == Phase.PROPOSED)
                .filter(one -> !wasProposed(before, one))
                .forEach(one -> offer(one.plan(), to));
        if (!before.map(Incident::status).equals(Optional.of(incident.status()))) {
            to.line("status: " + incident.status());
        }
    }

    private static void symptoms(Optional<Incident> before, Incident incident, Lines to) {
        var had = live(before.map(Incident::symptoms).orElse(List.of()));
        var has = live(incident.symptoms());
        has.stream().filter(key -> !had.contains(key)).forEach(key -> to.line("+ " + key));
        had.stream().filter(key -> !has.contains(key)).forEach(key -> to.line("- " + key));
    }

    private static List<String> live(List<Symptom> symptoms) {
        return symptoms.stream()
                .filter(Symptom::isLive)
                .map(symptom -> symptom.key().toString())
                .sorted()
                .toList();
    }

    /** To the nearest ten percent, or every look would be a line. */
    private static String conclusion(Diagnosis diagnosis) {
        return diagnosis.verdict()
                + diagnosis.hypotheses().stream()
                        .findFirst()
                        .map(
                                best ->
                                        causes(best)
                                                + best.status()
                                                + Math.round(best.probability() * 10))
                        .orElse("");
    }

    private static void conclude(Diagnosis diagnosis, Lines to) {
        var hypotheses = diagnosis.hypotheses();
        if (hypotheses.isEmpty()) {
            return;
        }
        var best = hypotheses.getFirst();
        to.line(
                "%s: %s, %s, %s"
                        .formatted(
                                diagnosis.verdict(), causes(best), best.status(), percent(best)));
        best.support().stream()
                .filter(support -> support.llr() > 0)
                .limit(REASONS)
                .forEach(support -> to.detail("for it: " + support.text()));
        hypotheses.stream()
                .skip(1)
                // That a second fault came on top explains nothing better.
                .filter(lost -> !lost.causes().containsAll(best.causes()))
                .limit(LOSERS)
                .forEach(lost -> to.detail(lost(lost)));
    }

    private static String lost(Hypothesis hypothesis) {
        return "not %s, %s: %s"
                .formatted(causes(hypothesis), percent(hypothesis), hypothesis.lostBecause());
    }

    private static String causes(Hypothesis hypothesis) {
        return hypothesis.causes().stream()
                .map(Cause::toString)
                .collect(Collectors.joining(" and "));
    }

    private static String percent(Hypothesis hypothesis) {
        return Math.round(100 * hypothesis.probability()) + " %";
    }

    private static boolean wasProposed(Optional<Incident> before, Remediation one) {
        return before.stream()
                .flatMap(incident -> incident.remediations().stream())
                .anyMatch(old -> old.id().equals(one.id()) && old.phase() == Phase.PROPOSED);
    }

    private static void offer(Plan plan, Lines to) {
        to.line("fix offered: %s, risk %d".formatted(plan.title(), plan.risk()));
        to.detail(plan.explanation());
        plan.diff()
                .forEach(f -> to.detail("%s: %s -> %s".formatted(f.path(), f.before(), f.after())));
        plan.simulated().forEach(one -> to.detail("then " + one));
        plan.postConditions().stream().map(Chronicle::condition).forEach(to::detail);
    }

    private static String condition(Plan.PostCondition post) {
        var gone = "must clear %s within %ds".formatted(post.clears(), post.within().toSeconds());
        return post.quiet().isZero()
                ? gone
                : gone + ", and not come back for %ds".formatted(post.quiet().toSeconds());
    }

    /** Writes the lines of one revision. */
    private final class Lines {
        private final String head;

        Lines(Incident incident) {
            var at = Duration.between(fault, incident.changedAt());
            head =
                    "+%dm%02ds #%d "
                            .formatted(
                                    at.toMinutes(),
                                    at.toSecondsPart(),
                                    numbers.indexOf(incident.id()) + 1);
        }

        void line(String text) {
            lines.add(head + text);
        }

        void detail(String text) {
            lines.add(" ".repeat(head.length()) + text);
        }
    }
}
