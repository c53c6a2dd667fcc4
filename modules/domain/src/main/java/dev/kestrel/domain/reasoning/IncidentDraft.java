package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.incident.Severity;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;

import java.time.Instant;
import java.util.List;

/**
 * An incident of which some parts are to be others; the record has too many for one constructor
 * call at each change.
 */
final class IncidentDraft {
    private final Incident before;
    private long revision;
    private Incident.Status status;
    private Severity severity;
    private String title;
    private Instant changedAt;
    private Instant resolvedAt;
    private String mergedInto;
    private List<ResourceRef> resources;
    private List<Symptom> symptoms;
    private Diagnosis diagnosis;
    private List<Remediation> remediations;
    private List<Incident.InvestigationRun> investigations;
    private List<Incident.TimelineEntry> timeline;
    private List<Evidence> evidence;

    IncidentDraft(Incident before) {
        this.before = before;
        revision = before.revision();
        status = before.status();
        severity = before.severity();
        title = before.title();
        changedAt = before.changedAt();
        resolvedAt = before.resolvedAt();
        mergedInto = before.mergedInto();
        resources = before.resources();
        symptoms = before.symptoms();
        diagnosis = before.diagnosis();
        remediations = before.remediations();
        investigations = before.investigations();
        timeline = before.timeline();
        evidence = before.evidence();
    }

    IncidentDraft revision(long value) {
        revision = value;
        return this;
    }

    IncidentDraft status(Incident.Status value) {
        status = value;
        return this;
    }

    IncidentDraft severity(Severity value) {
        severity = value;
        return this;
    }

    IncidentDraft title(String value) {
        title = value;
        return this;
    }

    IncidentDraft changedAt(Instant value) {
        changedAt = value;
        return this;
    }

    IncidentDraft resolvedAt(Instant value) {
        resolvedAt = value;
        return this;
    }

    IncidentDraft mergedInto(String value) {
        mergedInto = value;
        return this;
    }

    IncidentDraft resources(List<ResourceRef> value) {
        resources = value;
        return this;
    }

    IncidentDraft symptoms(List<Symptom> value) {
        symptoms = value;
        return this;
    }

    IncidentDraft diagnosis(Diagnosis value) {
        diagnosis = value;
        return this;
    }

    IncidentDraft remediations(List<Remediation> value) {
        remediations = value;
        return this;
    }

    IncidentDraft investigations(List<Incident.InvestigationRun> value) {
        investigations = value;
        return this;
    }

    IncidentDraft timeline(List<Incident.TimelineEntry> value) {
        timeline = value;
        return this;
    }

    IncidentDraft evidence(List<Evidence> value) {
        evidence = value;
        return this;
    }

    Incident build() {
        return new Incident(
                before.id(),
                before.cluster(),
                revision,
                status,
                severity,
                title,
                before.openedAt(),
                changedAt,
                resolvedAt,
                mergedInto,
                resources,
                symptoms,
                diagnosis,
                remediations,
                investigations,
                timeline,
                evidence);
    }
}
