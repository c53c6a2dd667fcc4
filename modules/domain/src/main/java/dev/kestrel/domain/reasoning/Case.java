package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Incident.Kind;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.incident.Incident.TimelineEntry;
import dev.kestrel.domain.incident.Severity;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.RemediationLife;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Change;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One incident while it is worked on. Collects what changes during a step; {@link #revise} makes
 * one revision of it, so that a burst of signals is one piece of news.
 */
final class Case {
    /** What a person can read in one go; older lines of the middle go first. */
    private static final int TIMELINE_LIMIT = 200;

    private static final int EVIDENCE_LIMIT = 300;

    /**
     * Signals of one fault arrive within a quarter of a second; two seconds are the longest anyone
     * should wait.
     */
    private static final Duration SETTLE = Duration.ofMillis(250);

    private static final Duration SETTLE_AT_MOST = Duration.ofSeconds(2);

    /**
     * Absence is evidence only once enough time has passed, so it is looked again after the longest
     * lags.
     */
    private static final List<Duration> LOOK_AGAIN =
            List.of(Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofMinutes(2));

    private Incident incident;
    private final Set<SymptomKey> symptoms = new TreeSet<>();
    private Instant dirtySince = Instant.MAX;
    private Instant diagnoseAt = Instant.MAX;
    private int looks;
    private boolean changed;

    /** Everything that must survive a restart. */
    record Snapshot(
            Incident incident,
            List<SymptomKey> symptoms,
            Instant dirtySince,
            Instant diagnoseAt,
            int looks) {}

    Case(String id, ClusterRef cluster, Instant openedAt) {
        incident =
                new Incident(
                        id,
                        cluster,
                        0,
                        Status.OPEN,
                        Severity.LOW,
                        "",
                        openedAt,
                        openedAt,
                        Instant.EPOCH,
                        "",
                        List.of(),
                        List.of(),
                        Diagnosis.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        changed = true;
    }

    Case(Snapshot snapshot) {
        incident = snapshot.incident();
        symptoms.addAll(snapshot.symptoms());
        dirtySince = snapshot.dirtySince();
        diagnoseAt = snapshot.diagnoseAt();
        looks = snapshot.looks();
    }

    Snapshot snapshot() {
        return new Snapshot(incident, List.copyOf(symptoms), dirtySince, diagnoseAt, looks);
    }

    Incident incident() {
        return incident;
    }

    Set<SymptomKey> symptoms() {
        return symptoms;
    }

    boolean isOver() {
        return incident.status() == Status.RESOLVED;
    }

    /** Whether a change is of what shows symptoms, or of the likeliest cause. */
    boolean concerns(Change change) {
        return incident.resources().contains(change.of())
                || incident.diagnosis().hypotheses().stream()
                        .limit(1)
                        .flatMap(hypothesis -> hypothesis.causes().stream())
                        .anyMatch(cause -> cause.at().equals(change.of()));
    }

    void attach(SymptomKey key) {
        symptoms.add(key);
        changed = true;
    }

    void detach(SymptomKey key) {
        symptoms.remove(key);
        changed = true;
    }

    /** What is known changed: think again soon. */
    void markDirty(Instant now) {
        if (dirtySince.equals(Instant.MAX)) {
            dirtySince = now;
        }
        var settled = now.plus(SETTLE);
        var latest = dirtySince.plus(SETTLE_AT_MOST);
        diagnoseAt = settled.isBefore(latest) ? settled : latest;
        looks = 0;
        changed = true;
    }

    Instant diagnoseAt() {
        return diagnoseAt;
    }

    /** It was thought about; when to think again without being asked. */
    void thought(Instant now) {
        dirtySince = Instant.MAX;
        diagnoseAt =
                looks < LOOK_AGAIN.size() && !isOver()
                        ? now.plus(LOOK_AGAIN.get(looks))
                        : Instant.MAX;
        looks++;
    }

    void stopThinking() {
        dirtySince = Instant.MAX;
        diagnoseAt = Instant.MAX;
    }

    void note(Instant at, Kind kind, String by, String text) {
        var timeline = new ArrayList<>(incident.timeline());
        timeline.add(new TimelineEntry(at, kind, by, text));
        if (timeline.size() > TIMELINE_LIMIT) {
            timeline.remove(TIMELINE_LIMIT / 2);
        }
        incident = with(incident).timeline(timeline).build();
        changed = true;
    }

    void status(Status status, Instant at) {
        if (incident.status() != status) {
            incident =
                    with(incident)
                            .status(status)
                            .resolvedAt(status == Status.RESOLVED ? at : Instant.EPOCH)
                            .build();
            changed = true;
        }
    }

    void mergedInto(String other, Instant at) {
        incident = with(incident).mergedInto(other).build();
        status(Status.RESOLVED, at);
        stopThinking();
        changed = true;
    }

    void diagnosis(Diagnosis diagnosis, List<Evidence> evidence) {
        incident =
                with(incident)
                        .diagnosis(diagnosis)
                        .evidence(union(evidence, incident.evidence()))
                        .build();
        changed = true;
    }

    void remediations(List<Remediation> remediations) {
        incident = with(incident).remediations(remediations).build();
        changed = true;
    }

    void investigations(List<Incident.InvestigationRun> investigations, List<Evidence> evidence) {
        incident =
                with(incident)
                        .investigations(investigations)
                        .evidence(union(evidence, incident.evidence()))
                        .build();
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    /** Makes the next revision with the symptoms as they are now. */
    Incident revise(List<Symptom> current, String title, Severity severity, Instant now) {
        var evidence =
                union(
                        current.stream().flatMap(symptom -> symptom.evidence().stream()).toList(),
                        incident.evidence());
        incident =
                with(incident)
                        .revision(incident.revision() + 1)
                        .changedAt(now)
                        .title(title)
                        .severity(
                                severity.compareTo(incident.severity()) > 0
                                        ? severity
                                        : incident.severity())
                        .symptoms(current)
                        .resources(resources(current))
                        .evidence(evidence)
                        .build();
        changed = false;
        return incident;
    }

    /** When a fix was verified since the incident was last opened. */
    Optional<Instant> mendedAt() {
        var opened =
                incident.timeline().stream()
                        .filter(entry -> entry.kind() == Incident.Kind.REOPENED)
                        .map(Incident.TimelineEntry::at)
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        return incident.remediations().stream()
                .filter(one -> one.phase() == Remediation.Phase.VERIFIED)
                .map(one -> one.history().getLast().at())
                .filter(at -> at.isAfter(opened))
                .max(Instant::compareTo);
    }

    /**
     * Whether its cause is not thought about again: a fix is at work, or one worked and so proved
     * it. Symptoms on their way out do not disprove that; one that came up since does.
     */
    boolean isDecided(List<Symptom> symptoms) {
        var since = isFixing() ? Optional.of(Instant.MAX) : mendedAt();
        return since.isPresent()
                && symptoms.stream()
                        .noneMatch(one -> one.isLive() && one.onsetLatest().isAfter(since.get()));
    }

    boolean isFixing() {
        return incident.remediations().stream()
                .anyMatch(
                        one ->
                                switch (one.phase()) {
                                    case APPROVED, VERIFYING, UNDOING -> true;
                                    default -> false;
                                });
    }

    static String byKestrel() {
        return RemediationLife.KESTREL;
    }

    private static List<ResourceRef> resources(List<Symptom> symptoms) {
        return symptoms.stream().map(symptom -> symptom.key().about()).distinct().toList();
    }

    private static List<Evidence> union(List<Evidence> newer, List<Evidence> older) {
        var byId = new LinkedHashMap<String, Evidence>();
        older.forEach(one -> byId.put(one.id(), one));
        newer.forEach(one -> byId.put(one.id(), one));
        var all = List.copyOf(byId.values());
        return all.size() <= EVIDENCE_LIMIT
                ? all
                : all.subList(all.size() - EVIDENCE_LIMIT, all.size());
    }

    private static IncidentDraft with(Incident incident) {
        return new IncidentDraft(incident);
    }
}
