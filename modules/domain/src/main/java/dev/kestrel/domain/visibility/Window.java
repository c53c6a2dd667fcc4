package dev.kestrel.domain.visibility;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many signals of a source came and how many were shed, in the last minutes. */
final class Window {
    /** Long enough to cover what reasoning still weighs, short enough to forgive. */
    static final Duration LENGTH = Duration.ofMinutes(5);

    private final NavigableMap<Long, Visibility.Minute> minutes = new TreeMap<>();

    void add(Instant at, long came, long shed) {
        var minute = minute(at);
        minutes.merge(minute, new Visibility.Minute(minute, came, shed), Visibility.Minute::plus);
        minutes.headMap(minutes.lastKey() - LENGTH.toMinutes(), true).clear();
    }

    /** From 1, nothing shed, to 0, everything. */
    double share(Instant now) {
        var came = 0L;
        var shed = 0L;
        for (var minute : recent(now).values()) {
            came += minute.came();
            shed += minute.shed();
        }
        return shed == 0 ? 1 : (double) came / (came + shed);
    }

    long shed(Instant now) {
        return recent(now).values().stream().mapToLong(Visibility.Minute::shed).sum();
    }

    private NavigableMap<Long, Visibility.Minute> recent(Instant now) {
        return minutes.tailMap(minute(now) - LENGTH.toMinutes(), false);
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60L);
    }

    NavigableMap<Long, Visibility.Minute> minutes() {
        return new TreeMap<>(minutes);
    }
}
