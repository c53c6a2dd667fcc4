package dev.kestrel.domain.symptom;

import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the life of every symptom of a cluster. Single writer, no clock. */
public final class SymptomBook {
    /** Takes in a sample, after firing what was due by then. */
    public List<SymptomChange> on(Sample sample, Topology topology) {
        return List.of();
    }

    /** Fires due timers in the order they were due, each at its own time. */
    public List<SymptomChange> advance(Instant now, Topology topology) {
        return List.of();
    }

    public Optional<Instant> nextDue() {
        return Optional.empty();
    }

    /** Symptoms that count in reasoning, sorted by key. */
    public List<Symptom> live() {
        return List.of();
    }

    /** Also those that are pending, ambient or lately over. */
    public List<Symptom> all() {
        return List.of();
    }

    public Optional<Symptom> find(SymptomKey key) {
        return Optional.empty();
    }

    /** Symptoms of an open incident do not become ambient by age. */
    public void pin(SymptomKey key) {}

    public void unpin(SymptomKey key) {}

    public Snapshot snapshot() {
        return new Snapshot(List.of());
    }

    public static SymptomBook restore(Snapshot snapshot) {
        return new SymptomBook();
    }

    /** Everything that must survive a restart. */
    public record Snapshot(List<Symptom> symptoms) {}
}
