package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds judgement back until the first inventory of a cluster is whole: a Service looks as if it
 * selected nothing while its pods are still on their way.
 */
final class Settling {
    /**
     * Kinds arrive one after another; so long a silence between two means that there is no further
     * one.
     */
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** A source that never completes must not keep everything else from being judged. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Events and log lines that wait meanwhile; the newest count. */
    private static final int HELD_LIMIT = 2_000;

    private State state = new State(false, Instant.MAX, Instant.MAX, List.of());
    private final Set<String> arriving = new TreeSet<>();
    private final List<Signal> held = new ArrayList<>();

    /**
     * @param quietAt when it is over if no further kind begins; {@link Instant#MAX} while one
     *     arrives
     * @param latest when it is over in any case
     * @param arriving kinds that have begun and not ended
     */
    record State(boolean settled, Instant quietAt, Instant latest, List<String> arriving) {}

    /** Everything that must survive a restart. */
    record Snapshot(State state, List<Signal> held) {}

    /**
     * Whether a signal is to wait; one that only tells of objects need not, because all objects are
     * looked at in the end.
     */
    boolean holds(Signal signal, Instant now) {
        if (state.settled()) {
            return false;
        }
        switch (signal.observation()) {
            case Observation.SnapshotBegun begun -> arriving.add(begun.kind());
            case Observation.SnapshotCompleted completed -> arriving.remove(completed.kind());
            case Observation.EventReported _, Observation.LogLine _, Observation.FlowSeen _ -> {
                if (held.size() == HELD_LIMIT) {
                    held.removeFirst();
                }
                held.add(signal);
            }
            case Observation.ObjectSeen _,
                    Observation.ObjectGone _,
                    Observation.SourceReported _,
                    Observation.SignalsShed _ -> {}
        }
        var latest = state.latest().equals(Instant.MAX) ? now.plus(PATIENCE) : state.latest();
        state =
                new State(
                        false,
                        arriving.isEmpty() ? now.plus(QUIET) : Instant.MAX,
                        latest,
                        List.copyOf(arriving));
        return true;
    }

    /** Whether the first inventory was whole once, and judging has begun. */
    boolean isSettled() {
        return state.settled();
    }

    /** True once, at the moment when judging begins. */
    boolean isOver(Instant now) {
        if (state.settled() || nextDue().isAfter(now)) {
            return false;
        }
        state = new State(true, Instant.MAX, Instant.MAX, List.of());
        return true;
    }

    /** What waited, oldest first; given once. */
    List<Signal> release() {
        var released = List.copyOf(held);
        held.clear();
        return released;
    }

    Instant nextDue() {
        return state.quietAt().isBefore(state.latest()) ? state.quietAt() : state.latest();
    }

    Snapshot snapshot() {
        return new Snapshot(state, List.copyOf(held));
    }

    void restore(Snapshot snapshot) {
        state = snapshot.state();
        arriving.addAll(state.arriving());
        held.addAll(snapshot.held());
    }
}
