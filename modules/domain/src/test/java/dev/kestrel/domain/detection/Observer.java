package dev.kestrel.domain.detection;

import dev.kestrel.domain.scenario.Moment;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.SymptomBook;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Topology, detectors and symptoms put together as the reasoning does it. */
final class Observer {
    Topology topology = new Topology();
    SymptomBook book = new SymptomBook();
    final List<SymptomChange> told = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();

    void play(List<Moment> moments) {
        moments.forEach(this::play);
    }

    void play(Moment moment) {
        told.addAll(book.advance(moment.at(), topology));
        moment.signals().forEach(this::on);
    }

    void advance(Instant until) {
        told.addAll(book.advance(until, topology));
    }

    private void on(Signal signal) {
        var made = absorb(signal);
        changes.addAll(made);
        Detection.examine(signal, made, topology)
                .forEach(sample -> told.addAll(book.on(sample, topology)));
    }

    private List<Change> absorb(Signal signal) {
        return switch (signal.observation()) {
            case Observation.ObjectSeen seen -> topology.apply(seen.object(), signal.observedAt());
            case Observation.ObjectGone gone ->
                    topology.remove(gone.ref(), gone.uid(), signal.observedAt());
            case Observation.SnapshotBegun begun -> {
                topology.beginSnapshot(begun.kind());
                yield List.of();
            }
            case Observation.SnapshotCompleted completed ->
                    topology.completeSnapshot(completed.kind(), signal.observedAt());
            case Observation.EventReported _,
                    Observation.LogLine _,
                    Observation.FlowSeen _,
                    Observation.SourceReported _,
                    Observation.SignalsShed _ ->
                    List.of();
        };
    }

    void restart() {
        topology = Topology.restore(topology.snapshot(), Topology.Limits.DEFAULTS);
        book = SymptomBook.restore(book.snapshot());
    }
}
