package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.incident.CorrelationEvent;
import dev.kestrel.domain.incident.Incident.Kind;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.symptom.SymptomBook;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Carries out what correlation decided: which symptom belongs to which case, and which cases are
 * one.
 */
final class Attribution {
    private final ClusterRef cluster;
    private final SortedMap<String, Case> cases;
    private final SymptomBook symptoms;
    private final CausalModel model;
    private final Casebook casebook;

    Attribution(
            ClusterRef cluster,
            SortedMap<String, Case> cases,
            SymptomBook symptoms,
            CausalModel model,
            Casebook casebook) {
        this.cluster = cluster;
        this.cases = cases;
        this.symptoms = symptoms;
        this.model = model;
        this.casebook = casebook;
    }

    void apply(List<CorrelationEvent> events, Instant now) {
        for (var event : events) {
            var subject =
                    cases.computeIfAbsent(
                            event.incident(), id -> new Case(id, cluster, event.at()));
            switch (event) {
                case CorrelationEvent.Opened opened ->
                        subject.note(
                                opened.at(),
                                Kind.OPENED,
                                Case.byKestrel(),
                                "opened: " + model.title(opened.first()));
                case CorrelationEvent.Attached attached -> attach(subject, attached);
                case CorrelationEvent.Detached detached -> {
                    subject.detach(detached.symptom());
                    symptoms.unpin(detached.symptom());
                }
                case CorrelationEvent.Merged merged -> merge(subject, merged, now);
                case CorrelationEvent.Split split -> {
                    split.symptoms().forEach(subject::detach);
                    subject.note(split.at(), Kind.MERGED, Case.byKestrel(), split.because());
                }
                case CorrelationEvent.Emptied emptied -> relieve(subject, emptied);
                case CorrelationEvent.Closed closed ->
                        casebook.resolve(subject, "it stayed quiet", closed.at());
                case CorrelationEvent.Reopened reopened -> {
                    subject.status(Status.OPEN, reopened.at());
                    subject.note(
                            reopened.at(),
                            Kind.REOPENED,
                            Case.byKestrel(),
                            "it came back: " + model.title(reopened.symptom()));
                }
            }
            if (!subject.isOver()) {
                subject.markDirty(now);
            }
        }
    }

    private static void relieve(Case subject, CorrelationEvent.Emptied emptied) {
        if (!subject.isOver()) {
            subject.status(Status.MITIGATED, emptied.at());
            subject.note(emptied.at(), Kind.SYMPTOM, Case.byKestrel(), "nobody feels it any more");
        }
    }

    private void attach(Case subject, CorrelationEvent.Attached attached) {
        switch (subject.incident().status()) {
            case OPEN, ACKNOWLEDGED -> {}
            case MITIGATED -> subject.status(Status.OPEN, attached.at());
            case RESOLVED -> {
                subject.status(Status.OPEN, attached.at());
                subject.note(
                        attached.at(),
                        Kind.REOPENED,
                        Case.byKestrel(),
                        "something came up again: " + model.title(attached.symptom()));
            }
        }
        if (subject.symptoms().contains(attached.symptom())) {
            return;
        }
        var isFirst = subject.symptoms().isEmpty();
        subject.attach(attached.symptom());
        symptoms.pin(attached.symptom());
        if (!isFirst) {
            var because = attached.because().isEmpty() ? "" : ", " + attached.because();
            subject.note(
                    attached.at(),
                    Kind.SYMPTOM,
                    Case.byKestrel(),
                    model.title(attached.symptom()) + because);
        }
    }

    private void merge(Case subject, CorrelationEvent.Merged merged, Instant now) {
        subject.note(
                merged.at(),
                Kind.MERGED,
                Case.byKestrel(),
                merged.absorbed() + " is part of this: " + merged.because());
        var absorbed = cases.get(merged.absorbed());
        if (absorbed != null) {
            new Remedies(absorbed)
                    .withdrawAll("its incident was merged into " + merged.incident(), now);
            absorbed.note(
                    merged.at(),
                    Kind.MERGED,
                    Case.byKestrel(),
                    "merged into " + merged.incident() + ": " + merged.because());
            absorbed.mergedInto(merged.incident(), merged.at());
        }
    }
}
