package dev.kestrel.quality.simulation;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.knowledge.KnowledgeReader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole story as one owner without any trouble journals it: what the operator told, its answers
 * to commands, and a person who approves the first fix that is offered.
 */
final class Diary {
    static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    static final Thinking THINKING = Thinking.with(KnowledgeReader.bundled().sound());
    static final Principal ANN =
            new Principal(CLUSTER.tenant(), "u1", "ann@acme.example", Role.APPROVER);

    private static final int BATCH = 5;

    private final List<Entry> entries = new ArrayList<>();
    private final Conclusions conclusions = new Conclusions();
    private final Set<String> approved = new HashSet<>();
    private final Timeline timeline = new Timeline(Story.START, 0);
    private final ClusterReasoning reasoning = ClusterReasoning.begin(CLUSTER, THINKING);

    /** An input and when it was received. */
    record Entry(Instant at, Input input) {}

    /** Plays the story with a timer that looks every 100 ms. */
    static Diary of(Story story, Duration length) {
        var diary = new Diary();
        diary.timeline.at(Story.START, () -> diary.on(opened("stream-1", "boot-1")));
        diary.send(story);
        diary.tick();
        diary.timeline.run(Story.START.plus(length));
        return diary;
    }

    static Input.StreamOpened opened(String stream, String boot) {
        return new Input.StreamOpened(
                stream,
                boot,
                "0.1.0",
                "v1.36.3",
                true,
                List.of("shop", "payments", "kube-system"),
                List.of("Deployment", "StatefulSet", "DaemonSet", "Service"));
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Conclusions conclusions() {
        return conclusions;
    }

    Instant end() {
        return timeline.instant();
    }

    private void send(Story story) {
        var all = new ArrayList<Signal>(story.snapshot(Story.START));
        all.addAll(story.signals());
        long sequence = 0;
        for (int from = 0; from < all.size(); from += BATCH) {
            var signals = all.subList(from, Math.min(all.size(), from + BATCH));
            var batch = new Batch("boot-1", ++sequence, signals);
            timeline.at(
                    signals.getLast().observedAt().plusMillis(120),
                    () -> on(new Input.Telemetry(batch)));
        }
    }

    private void tick() {
        if (!reasoning.nextDue().isAfter(timeline.instant())) {
            answer(reasoning.advance(timeline.instant()));
        }
        timeline.after(Duration.ofMillis(100), this::tick);
    }

    private void on(Input input) {
        entries.add(new Entry(timeline.instant(), input));
        answer(reasoning.on(input, timeline.instant()));
    }

    private void answer(List<Effect> effects) {
        conclusions.add(effects);
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send(var command) ->
                        timeline.after(
                                Duration.ofMillis(300),
                                () -> on(new Input.CommandEnded(command.id(), outcome(command))));
                case Effect.IncidentRevised(var incident) -> approve(incident);
                case Effect.HealthChanged _, Effect.WordAnswered _ -> {}
            }
        }
    }

    private void approve(Incident incident) {
        approval(incident)
                .filter(_ -> approved.add(incident.id()))
                .ifPresent(
                        word ->
                                timeline.after(
                                        Duration.ofSeconds(5),
                                        () -> on(new Input.WordSpoken(incident.id(), word))));
    }

    /** What the person says who sees this. */
    static Optional<Word.Approve> approval(Incident incident) {
        return incident.remediations().stream()
                .filter(one -> one.phase() == Remediation.Phase.PROPOSED)
                .findFirst()
                .map(one -> new Word.Approve(ANN, one.id(), one.plan().manifest().digest()));
    }

    /** What the operator says to a command, always the same. */
    static Outcome outcome(Command command) {
        return switch (command) {
            case Command.Investigate _, Command.CancelInvestigation _ ->
                    new Outcome.Refused(Outcome.Reason.UNREACHABLE, "the API is away", List.of());
            case Command.DryRun dryRun ->
                    new Outcome.WouldApply(dryRun.manifest().fields(), List.of());
            case Command.Apply _, Command.Undo _ -> new Outcome.Applied("4711", Story.START);
        };
    }
}
