package dev.kestrel.quality.scenario;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis.Verdict;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.scenario.Scenario.Expected;
import dev.kestrel.simulator.scenario.ScenarioRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what came of a play against what its scenario expects, as the demo does. */
final class Judgement {
    private final Expected expected;
    private final Instant fault;
    private final List<String> problems = new ArrayList<>();
    private Optional<Incident> diagnosed = Optional.empty();

    Judgement(Expected expected, Instant fault) {
        this.expected = expected;
        this.fault = fault;
    }

    /** Whether somebody mends what is broken; else it is only watched. */
    boolean isApproved() {
        return expected instanceof Expected.Incident;
    }

    /** How long the play may last. */
    Duration longest(Duration mending) {
        return switch (expected) {
            case Expected.Healthy healthy -> healthy.lasts();
            case Expected.NearMiss miss -> miss.lasts();
            case Expected.Incident incident -> incident.within().plus(mending);
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
            case Expected.Incident wanted -> {
                diagnosed(wanted, incident);
                mustNotBeFeltWhenOver(incident);
            }
        }
    }

    private void diagnosed(Expected.Incident wanted, Incident incident) {
        var before = diagnosed.map(Incident::id);
        if (before.isEmpty() ? names(wanted, incident) : before.get().equals(incident.id())) {
            if (before.isEmpty() && incident.changedAt().isAfter(fault.plus(wanted.within()))) {
                problem("the cause was named late: " + incident.changedAt());
            }
            diagnosed = Optional.of(incident);
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

    private static boolean names(Expected.Incident wanted, Incident incident) {
        return rootCauses(incident).stream()
                .anyMatch(
                        cause ->
                                cause.mechanism().equals(wanted.mechanism())
                                        && cause.at().toString().equals(text(wanted.resource())));
    }

    private static List<Cause> rootCauses(Incident incident) {
        var diagnosis = incident.diagnosis();
        return diagnosis.verdict() == Verdict.ROOT_CAUSE
                ? diagnosis.hypotheses().getFirst().causes()
                : List.of();
    }

    private static String text(ResourceKey at) {
        return at.namespace().isEmpty()
                ? at.type().kind() + "/" + at.name()
                : at.type().kind() + "/" + at.namespace() + "/" + at.name();
    }

    /** Nothing more is to be expected. */
    boolean isDone(ScenarioRun run) {
        return diagnosed.filter(one -> one.status() == Status.RESOLVED).isPresent()
                && run.isMended();
    }

    /** Looks at the cluster when the play is over. */
    void endsWith(ScenarioRun run) {
        if (!run.isMended()) {
            problem("the cluster is not mended");
        }
    }

    /** What was not as expected; empty when all was. */
    List<String> problems(List<Incident> incidents) {
        if (isApproved()) {
            diagnosed.ifPresentOrElse(
                    one -> over(one, incidents), () -> problem("the cause was never named"));
        }
        return List.copyOf(problems);
    }

    private void over(Incident incident, List<Incident> incidents) {
        if (incident.status() != Status.RESOLVED) {
            problem("the incident is " + incident.status());
        }
        if (incident.remediations().stream().noneMatch(one -> one.phase() == Phase.VERIFIED)) {
            problem("no fix was verified");
        }
        incidents.stream()
                .filter(one -> !one.id().equals(incident.id()) && one.mergedInto().isEmpty())
                .forEach(one -> problem("one incident too many: " + one.title()));
    }

    private void problem(String what) {
        if (!problems.contains(what)) {
            problems.add(what);
        }
    }
}
