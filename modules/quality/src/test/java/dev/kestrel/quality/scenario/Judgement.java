package dev.kestrel.quality.scenario;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis.Verdict;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.ScenarioRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds what came of a play against what its scenario expects, as the demo does. */
final class Judgement {
    private final Expected expected;
    private final List<AwaitedIncident> awaited;
    private final List<String> problems = new ArrayList<>();

    Judgement(Expected expected, Instant fault) {
        this.expected = expected;
        this.awaited =
                switch (expected) {
                    case Expected.Healthy _, Expected.NearMiss _ -> List.of();
                    case Expected.Incidents incidents ->
                            incidents.each().stream()
                                    .map(one -> new AwaitedIncident(one, fault))
                                    .toList();
                };
    }

    /** Whether somebody mends what is broken; else it is only watched. */
    boolean isApproved() {
        return expected instanceof Expected.Incidents;
    }

    /** How long the play may last. */
    Duration longest(Duration mending) {
        return switch (expected) {
            case Expected.Healthy healthy -> healthy.lasts();
            case Expected.NearMiss miss -> miss.lasts();
            case Expected.Incidents incidents -> incidents.within().plus(mending);
        };
    }

    /** Looks at a new revision. */
    void add(Incident incident) {
        switch (expected) {
            case Expected.Healthy _ ->
                    problem("an incident where all is healthy: " + incident.title());
            case Expected.NearMiss miss -> {
                if (rootCauses(incident).stream()
                        .anyMatch(cause -> cause.mechanism().equals(miss.not()))) {
                    problem("what only looks like it is called the cause: " + incident.title());
                }
            }
            case Expected.Incidents _ -> {
                awaited.forEach(one -> one.add(incident));
                mustNotBeFeltWhenOver(incident);
            }
        }
    }

    private void mustNotBeFeltWhenOver(Incident incident) {
        if (incident.status() == Status.RESOLVED && incident.mergedInto().isEmpty()) {
            incident.symptoms().stream()
                    .filter(Symptom::isLive)
                    .filter(symptom -> Play.THINKING.model().isImpact(symptom.key().type()))
                    .forEach(symptom -> problem("resolved in spite of " + symptom.key()));
        }
    }

    private static List<Cause> rootCauses(Incident incident) {
        var diagnosis = incident.diagnosis();
        return diagnosis.verdict() == Verdict.ROOT_CAUSE
                ? diagnosis.hypotheses().getFirst().causes()
                : List.of();
    }

    /** Nothing more is to be expected. */
    boolean isDone(ScenarioRun run) {
        return isApproved() && awaited.stream().allMatch(AwaitedIncident::isOver) && run.isMended();
    }

    /** Looks at the cluster when the play is over. */
    void endsWith(ScenarioRun run) {
        if (!run.isMended()) {
            problem("the cluster is not mended");
        }
    }

    /** What was not as expected; empty when all was. */
    List<String> problems(List<Incident> incidents) {
        awaited.forEach(one -> one.problems().forEach(this::problem));
        if (isApproved()) {
            incidents.stream()
                    .filter(one -> one.mergedInto().isEmpty())
                    .filter(one -> awaited.stream().noneMatch(a -> a.isFoundIn(one)))
                    .forEach(one -> problem("one incident too many: " + one.title()));
        }
        return List.copyOf(problems);
    }

    private void problem(String what) {
        if (!problems.contains(what)) {
            problems.add(what);
        }
    }
}
