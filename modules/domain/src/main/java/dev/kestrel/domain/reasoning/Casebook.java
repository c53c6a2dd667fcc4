package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.incident.CorrelationBook;
import dev.kestrel.domain.incident.Incident.Kind;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The incidents of a cluster while they are worked on: what correlation, diagnosis, people and the
 * operator do to each.
 */
final class Casebook {
    /** Those that are over are in the archive; here only so long as they may come back. */
    private static final int OVER_LIMIT = 1_000;

    private final Thinking thinking;
    private final ClusterReasoning.Known known;
    private final Outstanding outstanding;
    private final TreeMap<String, Case> cases = new TreeMap<>();
    private final Attribution attribution;
    private CorrelationBook correlation;

    Casebook(
            ClusterRef cluster,
            Thinking thinking,
            ClusterReasoning.Known known,
            Outstanding outstanding) {
        this.thinking = thinking;
        this.known = known;
        this.outstanding = outstanding;
        attribution = new Attribution(cluster, cases, known.symptoms(), thinking.model(), this);
        correlation = new CorrelationBook(cluster.cluster(), thinking.correlation());
    }

    /** Everything that must survive a restart. */
    record Snapshot(CorrelationBook.Snapshot correlation, List<Case.Snapshot> cases) {}

    Snapshot snapshot() {
        return new Snapshot(
                correlation.snapshot(), cases.values().stream().map(Case::snapshot).toList());
    }

    void restore(Snapshot snapshot) {
        correlation = CorrelationBook.restore(snapshot.correlation(), thinking.correlation());
        snapshot.cases().forEach(one -> cases.put(one.incident().id(), new Case(one)));
    }

    void onSymptoms(List<SymptomChange> changes, Instant now) {
        for (var change : changes) {
            attribution.apply(correlation.on(change, known.topology(), thinking.model()), now);
            cases.values().stream()
                    .filter(one -> one.symptoms().contains(change.symptom().key()) && !one.isOver())
                    .forEach(
                            one -> {
                                one.markDirty(now);
                                look(one, now);
                            });
        }
    }

    /** A change of something that an incident is about may be its cause, or its cure. */
    void onChanges(List<Change> changes, Instant now) {
        for (var change : changes) {
            cases.values().stream()
                    .filter(one -> !one.isOver() && one.concerns(change))
                    .forEach(
                            one -> {
                                one.note(now, Kind.CHANGE, change.by(), Wording.changed(change));
                                one.markDirty(now);
                            });
        }
    }

    /** Ends an incident before it went quiet by itself; what comes back reopens it. */
    void close(Case subject, String why, Instant at) {
        correlation.close(subject.incident().id(), at);
        resolve(subject, why, at);
    }

    void resolve(Case subject, String why, Instant at) {
        if (subject.isOver()) {
            return;
        }
        new Remedies(subject).withdrawAll("the incident is over", at);
        subject.note(at, Kind.RESOLVED, Case.byKestrel(), "resolved: " + why);
        subject.status(Status.RESOLVED, at);
        subject.stopThinking();
        subject.symptoms().forEach(known.symptoms()::unpin);
    }

    void markAllDirty(Instant now) {
        cases.values().stream().filter(one -> !one.isOver()).forEach(one -> one.markDirty(now));
    }

    void onOutcome(String commandId, Outcome outcome, Instant now) {
        outstanding
                .end(commandId)
                .map(sent -> cases.get(sent.incident()))
                .ifPresent(
                        subject -> {
                            var remedies = new Remedies(subject);
                            remedies.onOutcome(commandId, outcome, now);
                            Inquiries.onOutcome(subject, commandId, outcome, now);
                            send(remedies.commands(), subject, now);
                            if (!subject.isOver()) {
                                subject.markDirty(now);
                            }
                        });
    }

    Effect onWord(String id, Word word, Instant now) {
        var subject = cases.get(id);
        if (subject == null) {
            return new Effect.WordAnswered(
                    false, "NO_SUCH_INCIDENT: it is over, or was never here", 0);
        }
        var refusal = new Words(this).take(subject, word, now);
        return new Effect.WordAnswered(
                refusal.isEmpty(),
                refusal.map(why -> why.name() + ": " + why.advice()).orElse(""),
                subject.incident().revision() + (subject.isChanged() ? 1 : 0));
    }

    void advance(Instant now) {
        attribution.apply(correlation.advance(now), now);
        for (var one : List.copyOf(cases.values())) {
            if (!one.diagnoseAt().isAfter(now)) {
                diagnose(one, now);
            }
            if (!new Remedies(one).nextDue().isAfter(now)) {
                look(one, now);
            }
        }
        forget();
    }

    private void diagnose(Case subject, Instant now) {
        subject.thought(now);
        var before = subject.incident().diagnosis();
        var elsewhere =
                known.symptoms().live().stream()
                        .filter(symptom -> !subject.symptoms().contains(symptom.key()))
                        .toList();
        var inference =
                thinking.rootCause()
                        .infer(
                                current(subject),
                                elsewhere,
                                known.topology(),
                                known.visibility(),
                                thinking.model(),
                                now);
        if (!subject.isDecided(current(subject)) && isNews(before, inference.diagnosis())) {
            subject.diagnosis(inference.diagnosis(), inference.evidence());
            if (!Wording.concluded(before).equals(Wording.concluded(inference.diagnosis()))) {
                subject.note(
                        now,
                        Kind.DIAGNOSIS,
                        Case.byKestrel(),
                        Wording.concluded(inference.diagnosis()));
            }
            attribution.apply(
                    correlation.diagnosed(
                            subject.incident().id(),
                            inference.diagnosis(),
                            known.topology(),
                            thinking.model(),
                            now),
                    now);
            subject.thought(now);
        }
        if (!subject.isOver()) {
            seekRemedy(subject, now);
        }
        look(subject, now);
    }

    /** Proposes what the diagnosis allows, and asks for what would tell more. */
    private void seekRemedy(Case subject, Instant now) {
        var remedies = new Remedies(subject);
        remedies.propose(
                current(subject),
                known.topology(),
                thinking.model(),
                plan -> known.connection().mayWrite(plan.manifest()),
                now);
        send(remedies.commands(), subject, now);
        if (!subject.isFixing()) {
            send(Inquiries.ask(subject, known.topology(), thinking.model(), now), subject, now);
        }
    }

    /** Once the symptoms are gone, the last explanation stands. */
    private static boolean isNews(Diagnosis before, Diagnosis after) {
        return !after.equals(before) && !after.hypotheses().isEmpty();
    }

    private void look(Case subject, Instant now) {
        var remedies = new Remedies(subject);
        remedies.advance(known.symptoms(), known.topology(), thinking.model(), now);
        send(remedies.commands(), subject, now);
        if (!subject.isOver() && subject.mendedAt().isPresent() && !isFelt(subject)) {
            close(subject, "the fix is verified", now);
        }
    }

    /** Effects of what was mended may take a little longer to go than what the fix was to clear. */
    private boolean isFelt(Case subject) {
        return subject.symptoms().stream()
                .anyMatch(key -> isLive(key) && thinking.model().isImpact(key.type()));
    }

    private boolean isLive(SymptomKey key) {
        return known.symptoms().find(key).filter(Symptom::isLive).isPresent();
    }

    void send(List<Command> commands, Case subject, Instant now) {
        commands.forEach(command -> outstanding.send(command, subject.incident().id(), now));
    }

    private List<Symptom> current(Case subject) {
        return subject.symptoms().stream()
                .map(key -> known.symptoms().find(key).or(() -> last(subject, key)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Symptom> last(Case subject, SymptomKey key) {
        return subject.incident().symptoms().stream()
                .filter(symptom -> symptom.key().equals(key))
                .findFirst();
    }

    /** New revisions of what changed since the last call. */
    List<Effect> revisions(Instant now) {
        var revised = new ArrayList<Effect>();
        for (var one : cases.values()) {
            if (one.isChanged()) {
                var symptoms = current(one);
                var live = symptoms.stream().filter(Symptom::isLive).toList();
                var title =
                        live.isEmpty() && !one.incident().title().isEmpty()
                                ? one.incident().title()
                                : Wording.title(
                                        symptoms, one.incident().diagnosis(), thinking.model());
                revised.add(
                        new Effect.IncidentRevised(
                                one.revise(
                                        symptoms,
                                        title,
                                        Wording.severity(live, thinking.model()),
                                        now)));
            }
        }
        return revised;
    }

    private void forget() {
        var over = cases.values().stream().filter(one -> one.isOver() && !one.isChanged()).toList();
        if (over.size() > OVER_LIMIT) {
            over.stream()
                    .sorted(Comparator.comparing(one -> one.incident().resolvedAt()))
                    .limit(over.size() - OVER_LIMIT)
                    .forEach(one -> cases.remove(one.incident().id()));
        }
    }

    Instant nextDue() {
        var due = correlation.nextDue().orElse(Instant.MAX);
        for (var one : cases.values()) {
            var own = new Remedies(one).nextDue();
            own = own.isBefore(one.diagnoseAt()) ? own : one.diagnoseAt();
            due = own.isBefore(due) ? own : due;
        }
        return due;
    }
}
