package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology.History;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** The last changes of each logical resource, and how often it is edited. */
final class Changes {
    /** Per resource; an older edit is seldom why something broke just now. */
    static final int KEPT = 8;

    private static final double PRIOR_EDITS = 0.5;
    private static final double PRIOR_HOURS = 360;
    private static final double FLOOR = 1.0 / 720;

    private final int resourceLimit;
    private final LinkedHashMap<ResourceRef, History> histories = new LinkedHashMap<>();
    private long forgotten;

    Changes(int resourceLimit) {
        this.resourceLimit = resourceLimit;
    }

    /**
     * Keeps a change.
     *
     * @param watched whether it happened while we were watching, so that it counts for the rate
     */
    void add(Change change, Instant watchedSince, boolean watched) {
        var before = histories.remove(change.of());
        var past = before == null ? new History(change.of(), watchedSince, 0, List.of()) : before;
        var changes = new ArrayList<>(past.changes());
        changes.add(change);
        changes.sort(Comparator.comparing(Change::at).reversed());
        histories.put(
                change.of(),
                new History(
                        change.of(),
                        past.since(),
                        past.edits() + (watched && change.kind() == Change.Kind.EDITED ? 1 : 0),
                        changes.subList(0, Math.min(changes.size(), KEPT))));
        while (histories.size() > resourceLimit) {
            histories.pollFirstEntry();
            forgotten++;
        }
    }

    List<Change> of(ResourceRef logical) {
        var history = histories.get(logical);
        return history == null ? List.of() : history.changes();
    }

    double perHour(ResourceRef logical, Instant now) {
        var history = histories.get(logical);
        if (history == null) {
            return FLOOR;
        }
        var watched = Math.max(0, Duration.between(history.since(), now).toSeconds()) / 3600.0;
        return Math.max(FLOOR, (PRIOR_EDITS + history.edits()) / (PRIOR_HOURS + watched));
    }

    /** Least lately changed first: the order in which they are forgotten. */
    List<History> histories() {
        return List.copyOf(histories.values());
    }

    void restore(List<History> saved) {
        saved.forEach(history -> histories.put(history.of(), history));
    }

    long forgotten() {
        return forgotten;
    }
}
