package dev.kestrel.domain.symptom;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** At most one timer per symptom, fired in the order they are due; ties by key. */
final class Timers {
    private final NavigableMap<Instant, NavigableSet<SymptomKey>> queue = new TreeMap<>();

    void set(Life life, Instant due) {
        cancel(life);
        life.due = due;
        if (!due.equals(Life.NEVER)) {
            queue.computeIfAbsent(due, missing -> new TreeSet<>()).add(life.key);
        }
    }

    void cancel(Life life) {
        var there = queue.get(life.due);
        if (there != null && there.remove(life.key) && there.isEmpty()) {
            queue.remove(life.due);
        }
        life.due = Life.NEVER;
    }

    Optional<Instant> next() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.firstKey());
    }

    /** The first key of the first due time; only after {@link #next} said that there is one. */
    SymptomKey first() {
        return queue.firstEntry().getValue().first();
    }
}
