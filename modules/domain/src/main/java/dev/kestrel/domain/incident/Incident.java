package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Symptom;

import java.time.Instant;
import java.util.List;

/**
 * What people work on: symptoms that share a possible cause, what is concluded about them, and what
 * is done. Immutable; each change makes a new revision. This is also what is stored and what the
 * dashboard shows.
 *
 * @param id unique within the tenant; the same on every replay
 * @param revision from 1, grows by one with each change
 * @param title one line; names the cause once there is one
 * @param resolvedAt {@link Instant#EPOCH} while it is not resolved
 * @param mergedInto id of the incident it was merged into; empty otherwise
 * @param resources logical resources that show symptoms, worst first
 * @param evidence everything that hops and hypotheses refer to by id
 */
public record Incident(
        String id,
        ClusterRef cluster,
        long revision,
        Status status,
        Severity severity,
        String title,
        Instant openedAt,
        Instant changedAt,
        Instant resolvedAt,
        String mergedInto,
        List<ResourceRef> resources,
        List<Symptom> symptoms,
        Diagnosis diagnosis,
        List<Remediation> remediations,
        List<InvestigationRun> investigations,
        List<TimelineEntry> timeline,
        List<Evidence> evidence) {
    public Incident {
        resources = List.copyOf(resources);
        symptoms = List.copyOf(symptoms);
        remediations = List.copyOf(remediations);
        investigations = List.copyOf(investigations);
        timeline = List.copyOf(timeline);
        evidence = List.copyOf(evidence);
    }

    /** Where people stand with it. */
    public enum Status {
        OPEN,
        ACKNOWLEDGED,
        /** The impact is gone, the cause is not known to be. */
        MITIGATED,
        RESOLVED
    }

    /**
     * One line of the incident's history.
     *
     * @param by a person, or {@code kestrel}, or {@code operator}
     */
    public record TimelineEntry(Instant at, Kind kind, String by, String text) {}

    /** What a line of the timeline is about. */
    public enum Kind {
        OPENED,
        CHANGE,
        SYMPTOM,
        DIAGNOSIS,
        INVESTIGATION,
        REMEDIATION,
        HUMAN,
        RESOLVED,
        REOPENED,
        MERGED
    }

    /**
     * A question that was asked, and what came of it.
     *
     * @param arguments for people, {@code name=value, …}
     * @param answer empty while it runs
     */
    public record InvestigationRun(
            String id,
            String tool,
            String arguments,
            String why,
            Instant askedAt,
            String answer,
            boolean answered) {}
}
