package dev.kestrel.quality.scenario;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.quality.simulation.Conclusions;
import dev.kestrel.quality.simulation.Timeline;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One scenario from the operator's first connection until its incident is over, on the virtual
 * clock and with the loop closed.
 */
final class Play {
    static final ClusterRef CLUSTER = new ClusterRef("acme", "prod");
    static final Thinking THINKING = Thinking.with(KnowledgeReader.bundled().sound());

    /** When the operator connects. */
    private static final Instant START = Instant.parse("2031-03-01T10:00:00Z");

    /** What breaks before anyone has seen it whole has no history that could be put back. */
    static final Instant FAULT = START.plusSeconds(30);

    /** From the right diagnosis until everything is mended. */
    private static final Duration MENDING = Duration.ofMinutes(12);

    /** How long it must stay quiet once it is over. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(2);

    private static final Principal ANN =
            new Principal(CLUSTER.tenant(), "u1", "ann@acme.example", Role.APPROVER);
    private static final Duration LIVES = Duration.ofMillis(250);
    private static final Duration TOLD = Duration.ofMillis(100);
    private static final Duration REPORTS = Duration.ofSeconds(5);
    private static final Duration COMMAND = Duration.ofMillis(150);

    private final Scenario scenario;
    private final ObservedCluster cluster;
    private final Duration deciding;
    private final Timeline timeline = new Timeline(START, 0);
    private final ClusterReasoning reasoning = ClusterReasoning.begin(CLUSTER, THINKING);
    private final List<Entry> entries = new ArrayList<>();
    private final Conclusions conclusions = new Conclusions();
    private final Chronicle chronicle = new Chronicle(FAULT);
    private final Judgement judgement;
    private final Map<String, Incident> incidents = new TreeMap<>();
    private final Set<String> undecided = new HashSet<>();
    private long sequence;

    /** An input and when it was received. */
    record Entry(Instant at, Input input) {}

    private Play(Scenario scenario, ObservedCluster cluster, Duration deciding) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.deciding = deciding;
        judgement = new Judgement(scenario.expected(), FAULT);
    }

    /**
     * Plays a scenario to its end.
     *
     * @param deciding how long a person thinks about what is proposed
     */
    static Play of(Scenario scenario, Duration deciding, Vertx vertx, Instant realNow) {
        var settles = START.minus(ScenarioRun.SETTLING);
        var simulated = ScenarioRun.prepare(scenario, Timings.KUBERNETES, settles, 1).cluster();
        try (var cluster = new ObservedCluster(vertx, simulated, realNow)) {
            var play = new Play(scenario, cluster, deciding);
            play.toTheEnd();
            return play;
        }
    }

    private void toTheEnd() {
        on(opened());
        tell(cluster.inventory());
        report();
        live();
        timeline.run(FAULT);
        var run = cluster.play(scenario);
        var latest = FAULT.plus(judgement.longest(MENDING));
        while (timeline.instant().isBefore(latest) && !judgement.isDone(run)) {
            timeline.run(timeline.instant().plusSeconds(1));
        }
        judgement.endsWith(run);
        timeline.run(timeline.instant().plus(AFTERWARDS));
    }

    private Input.StreamOpened opened() {
        return new Input.StreamOpened(
                "stream-1",
                "boot-1",
                "0.1.0",
                "v1.36.3",
                true,
                cluster.namespaces(),
                ObservedCluster.WRITE_KINDS);
    }

    private void live() {
        timeline.after(
                LIVES,
                () -> {
                    tell(cluster.advance(Duration.between(cluster.now(), timeline.instant())));
                    think();
                    live();
                });
    }

    private void report() {
        tell(cluster.report());
        timeline.after(REPORTS, this::report);
    }

    /** Whatever is due acts at its own moment, so looking now and then is enough. */
    private void think() {
        if (!reasoning.nextDue().isAfter(timeline.instant())) {
            take(reasoning.advance(timeline.instant()));
        }
    }

    private void tell(List<Signal> signals) {
        for (int from = 0; from < signals.size(); from += WireLimits.BATCH_SIGNALS) {
            var to = Math.min(signals.size(), from + WireLimits.BATCH_SIGNALS);
            var batch = new Batch("boot-1", ++sequence, signals.subList(from, to));
            timeline.after(TOLD, () -> on(new Input.Telemetry(batch)));
        }
    }

    private void on(Input input) {
        entries.add(new Entry(timeline.instant(), input));
        take(reasoning.on(input, timeline.instant()));
    }

    private void take(List<Effect> effects) {
        conclusions.add(effects);
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send(var command) -> timeline.after(COMMAND, () -> carryOut(command));
                case Effect.IncidentRevised(var incident) -> {
                    incidents.put(incident.id(), incident);
                    chronicle.add(incident);
                    judgement.add(incident);
                    decide(incident);
                }
                case Effect.HealthChanged _, Effect.WordAnswered _ -> {}
            }
        }
    }

    private void carryOut(Command command) {
        cluster.carryOut(command)
                .ifPresent(
                        outcome ->
                                timeline.after(
                                        COMMAND,
                                        () -> on(new Input.CommandEnded(command.id(), outcome))));
    }

    /** A person reads what is proposed, thinks, and approves the first of it. */
    private void decide(Incident incident) {
        if (judgement.isApproved()
                && firstProposed(incident).isPresent()
                && undecided.add(incident.id())) {
            timeline.after(deciding, () -> approve(incident.id()));
        }
    }

    private void approve(String id) {
        undecided.remove(id);
        Optional.ofNullable(incidents.get(id))
                .flatMap(Play::firstProposed)
                .map(one -> new Word.Approve(ANN, one.id(), one.plan().manifest().digest()))
                .ifPresent(word -> on(new Input.WordSpoken(id, word)));
    }

    /** Nothing is approved while something else is at work. */
    private static Optional<Remediation> firstProposed(Incident incident) {
        var all = incident.remediations();
        return all.stream().anyMatch(Play::isAtWork)
                ? Optional.empty()
                : all.stream().filter(one -> one.phase() == Phase.PROPOSED).findFirst();
    }

    private static boolean isAtWork(Remediation one) {
        return switch (one.phase()) {
            case APPROVED, VERIFYING, UNDOING -> true;
            case VALIDATING,
                    PROPOSED,
                    BLOCKED,
                    VERIFIED,
                    UNDONE,
                    REJECTED,
                    EXPIRED,
                    WITHDRAWN,
                    FAILED ->
                    false;
        };
    }

    /** Everything that reasoning took in, in order. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Instant end() {
        return timeline.instant();
    }

    Conclusions conclusions() {
        return conclusions;
    }

    /** The story as a person would have seen it. */
    List<String> story() {
        return chronicle.lines();
    }

    /** What was not as the scenario expects; empty when all was. */
    List<String> problems() {
        return judgement.problems(List.copyOf(incidents.values()));
    }
}
