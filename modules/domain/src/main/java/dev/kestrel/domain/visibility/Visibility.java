package dev.kestrel.domain.visibility;

import dev.kestrel.domain.signal.Signal;

import java.time.Instant;
import java.util.List;

/** How much of a cluster can be seen at the moment. Single writer, no clock. */
public final class Visibility {
    public void on(Signal signal) {}

    public void connection(boolean open, Instant at) {}

    /** From 0, blind, to 1, live and nothing shed. */
    public double of(String source, Instant now) {
        return 0;
    }

    /** Mean over the sources that should be there; 0 while the operator is not connected. */
    public double overall(Instant now) {
        return 0;
    }

    /** What cannot be seen, in sentences for people. */
    public List<String> blind(Instant now) {
        return List.of();
    }

    /** Sorted by name. */
    public List<Source> sources() {
        return List.of();
    }

    public Snapshot snapshot() {
        return new Snapshot(List.of());
    }

    public static Visibility restore(Snapshot snapshot) {
        return new Visibility();
    }

    /** Everything that must survive a restart. */
    public record Snapshot(List<Source> sources) {}
}
