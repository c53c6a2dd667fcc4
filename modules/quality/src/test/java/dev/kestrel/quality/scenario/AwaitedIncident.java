package dev.kestrel.quality.scenario;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis.Verdict;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.simulator.scenario.Scenario.Expected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One fault of a scenario, and the incident in which its cause and no other is named. */
final class AwaitedIncident {
    private final String cause;
    private final Instant latest;
    private final List<String> problems = new ArrayList<>();
    private Optional<Instant> named = Optional.empty();
    private Optional<Incident> found = Optional.empty();

    /**
     * @param fault when the scenario's first fault happened
     */
    AwaitedIncident(Expected.Incident wanted, Instant fault) {
        var at = wanted.resource();
        var namespace = at.namespace().isEmpty() ? "" : at.namespace() + "/";
        cause = wanted.mechanism() + "@" + at.type().kind() + "/" + namespace + at.name();
        latest = fault.plus(wanted.within());
    }

    /** Looks at a new revision; one that was merged goes on in another. */
    void add(Incident incident) {
        if (found.isEmpty() ? names(incident) : isFoundIn(incident)) {
            if (named.isEmpty() && incident.changedAt().isAfter(latest)) {
                problems.add(cause + " was named late: " + incident.changedAt());
            }
            named = named.or(() -> Optional.of(incident.changedAt()));
            found = Optional.of(incident).filter(one -> one.mergedInto().isEmpty());
        }
    }

    private boolean names(Incident incident) {
        return incident.diagnosis().verdict() == Verdict.ROOT_CAUSE && isBest(incident);
    }

    /** Something beside it that nobody can name does not make it another cause. */
    private boolean isBest(Incident incident) {
        var best = incident.diagnosis().hypotheses().getFirst().causes();
        return best.stream()
                .filter(one -> !one.isUnknown())
                .map(Cause::toString)
                .toList()
                .equals(List.of(cause));
    }

    boolean isFoundIn(Incident incident) {
        return found.filter(one -> one.id().equals(incident.id())).isPresent();
    }

    boolean isOver() {
        return found.filter(one -> one.status() == Status.RESOLVED).isPresent();
    }

    /** What was not as expected when all is over. */
    List<String> problems() {
        var all = new ArrayList<>(problems);
        found.ifPresentOrElse(
                incident -> over(incident, all), () -> all.add(cause + " was never named"));
        return all;
    }

    private void over(Incident incident, List<String> all) {
        if (incident.status() != Status.RESOLVED) {
            all.add("the incident of %s is %s".formatted(cause, incident.status()));
        }
        if (!isBest(incident)) {
            all.add("%s ended as: %s".formatted(cause, incident.title()));
        }
        if (incident.remediations().stream()
                .filter(one -> one.phase() == Phase.VERIFIED)
                .noneMatch(one -> one.plan().cause().toString().equals(cause))) {
            all.add("no fix of %s was verified".formatted(cause));
        }
    }
}
