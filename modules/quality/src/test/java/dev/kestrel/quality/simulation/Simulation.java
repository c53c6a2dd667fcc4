package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.rca.Parameters;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.WireSignalCodec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One run: a story, two nodes, an operator, and the faults that a seed decides. */
final class Simulation {
    private static final Instant CALM = Story.START.plus(Duration.ofSeconds(210));
    private static final Instant END = Story.START.plus(Duration.ofMinutes(5));
    private static final int FAULTS = 8;
    private static final WireSignalCodec CODEC = new WireSignalCodec();

    /**
     * The real reasoning with little patience: what is proved here does not depend on its depth.
     */
    static final Thinking THINKING = quick(Diary.THINKING);

    private final Story story;
    private final Timeline timeline;
    private final VirtualBus network;
    private final VirtualStore store;
    private final Edge edge;
    private final List<CloudNode> nodes = new ArrayList<>();
    private final List<OperatorProcess> boots = new ArrayList<>();
    private int refused;

    private static Thinking quick(Thinking full) {
        var usual = Parameters.DEFAULTS;
        var bounds = new Parameters.Limits(100, 4, 3, 2, 6, 8, 40, 2, 2, 5_000);
        var parameters =
                new Parameters(
                        usual.alpha(),
                        usual.rho(),
                        usual.unknownShare(),
                        usual.unknownWeight(),
                        usual.noneShare(),
                        usual.secondFault(),
                        usual.tau(),
                        usual.changeCap(),
                        usual.skew(),
                        usual.thresholds(),
                        bounds);
        return new Thinking(full.model(), new RootCause(parameters), full.correlation());
    }

    Simulation(Story story, long seed) {
        this.story = story;
        timeline = new Timeline(Story.START, seed);
        network = new VirtualBus(timeline);
        store = new VirtualStore(timeline, new Weather());
        edge = new Edge(timeline, network, store);
        start("node-1");
        start("node-2");
        boot();
        story.signals().forEach(this::schedule);
        for (int i = 0; i < FAULTS; i++) {
            timeline.after(timeline.between(1_000, 205_000), this::disturb);
        }
        lookAgain();
    }

    private boolean isTroubled() {
        return timeline.instant().isBefore(CALM);
    }

    private void start(String name) {
        nodes.add(new CloudNode(new VirtualNode(name, timeline), network, store, timeline));
    }

    private void boot() {
        boots.add(
                new OperatorProcess(
                        "boot-" + (boots.size() + 1),
                        timeline,
                        network,
                        story,
                        this::anyNode,
                        new Eyes()));
    }

    private final class Weather implements Mishaps {
        @Override
        public boolean isLost() {
            return isTroubled() && timeline.chance(0.005);
        }

        @Override
        public Duration delay() {
            return isTroubled() && timeline.chance(0.02)
                    ? timeline.between(100, 3_000)
                    : Duration.ZERO;
        }

        @Override
        public void onDone(VirtualNode node) {
            if (isTroubled() && timeline.chance(0.01)) {
                nodes.stream()
                        .filter(one -> one.process() == node)
                        .findFirst()
                        .ifPresent(Simulation.this::kill);
            }
        }
    }

    private final class Eyes implements Watch {
        @Override
        public boolean isTroubled() {
            return Simulation.this.isTroubled() && timeline.chance(0.02);
        }

        @Override
        public long journalled(String bootId) {
            return store.journal().sequence(bootId);
        }

        @Override
        public void onRefused() {
            refused++;
        }
    }

    private Optional<CloudNode> anyNode() {
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(nodes.get(timeline.pick(nodes.size())));
    }

    private void schedule(Signal signal) {
        timeline.at(signal.observedAt(), () -> boots.getLast().tell(List.of(signal)));
    }

    private void disturb() {
        switch (timeline.pick(6)) {
            case 0, 1 -> boots.getLast().breakStream();
            case 2, 3 -> anyNode().ifPresent(this::kill);
            case 4 ->
                    anyNode()
                            .ifPresent(
                                    node -> node.process().freeze(timeline.between(100, 25_000)));
            default -> {
                boots.getLast().kill();
                boot();
            }
        }
    }

    private void kill(CloudNode node) {
        node.kill();
        nodes.remove(node);
        timeline.after(timeline.between(500, 20_000), () -> start(node.name()));
    }

    private void lookAgain() {
        timeline.after(
                timeline.between(1_000, 10_000),
                () -> {
                    for (var id : store.saved().ids()) {
                        edge.look(store.saved().of(id).lastEntry().getValue());
                    }
                    lookAgain();
                });
    }

    /** Plays it to its end and checks what must be true of it. */
    Summary run() {
        timeline.run(END);
        var history = store.journal().history();
        boots.forEach(boot -> whatItToldIsThereInOrder(boot, history));
        if (boots.getLast().held() > 0) {
            throw new AssertionError("signals are left in the spool: " + boots.getLast().held());
        }
        return new Summary(
                history.stream().mapToInt(entry -> Arrays.hashCode(entry.body())).sum(),
                history.size(),
                nobodyCouldTellThatOwnersDied(history),
                edge.commands(),
                edge.approved(),
                store.journal().fenced(),
                store.journal().checkpoints(),
                store.lost(),
                refused);
    }

    /**
     * What was reached, so that a test of nothing is noticed.
     *
     * @param digest of everything journalled
     * @param lost calls to the store that got no answer
     * @param refused streams that the gateway ended
     */
    record Summary(
            long digest,
            int entries,
            int revisions,
            int commands,
            int approved,
            int fenced,
            int checkpoints,
            int lost,
            int refused) {
        static final Summary NONE = new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0);

        Summary plus(Summary other) {
            return new Summary(
                    digest + other.digest,
                    entries + other.entries,
                    revisions + other.revisions,
                    commands + other.commands,
                    approved + other.approved,
                    fenced + other.fenced,
                    checkpoints + other.checkpoints,
                    lost + other.lost,
                    refused + other.refused);
        }
    }

    /** Only the last boot was given the time to say everything. */
    private void whatItToldIsThereInOrder(OperatorProcess boot, List<Journal.Entry> history) {
        var kept =
                history.stream()
                        .filter(entry -> entry.kind() == Journal.Kind.BATCH)
                        .filter(entry -> entry.bootId().equals(boot.bootId()))
                        .flatMap(entry -> CODEC.decode(entry.body()).signals().stream())
                        .toList();
        var told = boot.told();
        var due = boot == boots.getLast() ? told.size() : Math.min(kept.size(), told.size());
        if (!kept.equals(told.subList(0, due))) {
            throw new AssertionError(
                    "%s told %d signals, the journal has %d, not the same"
                            .formatted(boot.bootId(), told.size(), kept.size()));
        }
    }

    private int nobodyCouldTellThatOwnersDied(List<Journal.Entry> history) {
        var expected = new Conclusions();
        var reasoning = ClusterReasoning.begin(Diary.CLUSTER, THINKING);
        for (var entry : history) {
            expected.add(reasoning.on(input(entry), entry.receivedAt()));
        }
        var lately = END.minusSeconds(2);
        expected.add(reasoning.advance(lately));
        var due = new TreeMap<String, Long>();
        expected.ids().forEach(id -> due.put(id, expected.of(id).lastKey()));
        expected.add(reasoning.advance(END));

        store.saved().mustBeAmong(expected);
        due.forEach(
                (id, revision) -> {
                    var saved = store.saved().of(id);
                    if (saved.isEmpty() || saved.lastKey() < revision) {
                        throw new AssertionError(
                                "%s should be at revision %d, is at %s"
                                        .formatted(id, revision, saved.keySet()));
                    }
                });
        return expected.ids().stream().mapToInt(id -> expected.of(id).size()).sum();
    }

    private static Input input(Journal.Entry entry) {
        return switch (entry.kind()) {
            case BATCH -> new Input.Telemetry(CODEC.decode(entry.body()));
            case INPUT -> SealedJson.read(entry.body(), Said.class).input();
        };
    }

    /** As the engine writes it. */
    record Said(Input input) {}
}
