package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Promise;

import java.util.List;

/** One append that waits for its commit. Never without entries. */
record Pending(Ownership ownership, List<Entry> entries, Promise<Appended> answer) {
    long first() {
        return entries.getFirst().offset();
    }

    long last() {
        return entries.getLast().offset();
    }

    boolean follows(Pending before) {
        return ownership.equals(before.ownership) && first() == before.last() + 1;
    }

    boolean hasGap() {
        return last() - first() != entries.size() - 1L;
    }
}
