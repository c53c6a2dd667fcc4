package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.quality.scenario.WatchSignals;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.ScenarioRun;
import dev.kestrel.simulator.scenario.Scenarios;
import dev.kestrel.simulator.store.Change;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What happens in one simulated cluster while a scenario plays, as the signals of an operator that
 * misses nothing.
 */
final class Story {
    static final Instant START = Instant.parse("2031-03-01T10:00:00Z");

    /** What breaks before anyone has seen it whole has no history that could be put back. */
    private static final Duration KNOWN = Duration.ofSeconds(10);

    private final List<Signal> inventory = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();

    private Story() {}

    /** Plays a scenario that comes with the simulator, from its settled cluster on. */
    static Story of(String scenario, Duration length) {
        var story = new Story();
        var named = Scenarios.named(scenario).orElseThrow();
        var settles = START.minus(ScenarioRun.SETTLING);
        var cluster = ScenarioRun.prepare(named, Timings.KUBERNETES, settles, 1).cluster();
        cluster.inside(
                inside -> {
                    for (var kind : Kinds.INVENTORY) {
                        inside.store().list(ResourceTypes.ofKind(kind.name())).stream()
                                .map(one -> WatchSignals.seen(kind, one))
                                .forEach(seen -> story.inventory.add(new Signal(START, seen)));
                    }
                    return inside.store().watch(change -> story.add(change, cluster.now()));
                });
        cluster.advance(KNOWN);
        ScenarioRun.on(named, cluster).advance(length.minus(KNOWN));
        return story;
    }

    /** The same as seen by an operator to which everything else is hidden. */
    Story about(Predicate<ResourceRef> shown) {
        var part = new Story();
        inventory.stream().filter(signal -> isShown(signal, shown)).forEach(part.inventory::add);
        signals.stream().filter(signal -> isShown(signal, shown)).forEach(part.signals::add);
        return part;
    }

    private static boolean isShown(Signal signal, Predicate<ResourceRef> shown) {
        return switch (signal.observation()) {
            case Observation.ObjectSeen seen -> shown.test(seen.object().ref());
            case Observation.ObjectGone gone -> shown.test(gone.ref());
            case Observation.EventReported event -> shown.test(event.about());
            default -> false;
        };
    }

    /** Everything after the beginning, in order. */
    List<Signal> signals() {
        return List.copyOf(signals);
    }

    /** All objects as they are at a moment, told kind by kind as a fresh operator does. */
    List<Signal> snapshot(Instant at) {
        var objects = new LinkedHashMap<ResourceRef, Observation.ObjectSeen>();
        inventory.forEach(signal -> keep(objects, signal));
        signals.stream()
                .filter(signal -> !signal.observedAt().isAfter(at))
                .forEach(signal -> keep(objects, signal));
        var told = new ArrayList<Signal>();
        for (var kind : Kinds.INVENTORY) {
            var mine =
                    objects.values().stream()
                            .filter(seen -> seen.object().ref().kind().equals(kind.name()))
                            .toList();
            told.add(new Signal(at, new Observation.SnapshotBegun(kind.name())));
            mine.forEach(seen -> told.add(new Signal(at, seen)));
            told.add(new Signal(at, new Observation.SnapshotCompleted(kind.name(), mine.size())));
        }
        return told;
    }

    private static void keep(Map<ResourceRef, Observation.ObjectSeen> objects, Signal signal) {
        if (signal.observation() instanceof Observation.ObjectSeen seen) {
            objects.put(seen.object().ref(), seen);
        } else if (signal.observation() instanceof Observation.ObjectGone gone) {
            objects.remove(gone.ref());
        }
    }

    private void add(Change change, Instant now) {
        WatchSignals.of(change, now)
                .map(signal -> new Signal(now, signal.observation()))
                .ifPresent(signals::add);
    }
}
