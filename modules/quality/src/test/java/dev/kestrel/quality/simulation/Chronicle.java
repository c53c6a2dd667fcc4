package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in one run: counted, and its last part as a story for whoever looks at a failure.
 */
final class Chronicle {
    private static final int LINES = 80;

    private final Timeline timeline;
    private final Map<Happening, Integer> counts = new EnumMap<>(Happening.class);
    private final Deque<String> lines = new ArrayDeque<>();

    Chronicle(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Counts without a line, for what happens all the time. */
    void count(Happening what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Counts, and keeps a line. */
    void tell(Happening what, String line) {
        count(what);
        note(what + ": " + line);
    }

    /** Keeps a line. */
    void note(String line) {
        if (lines.size() == LINES) {
            lines.remove();
        }
        var at = Duration.between(Story.START, timeline.instant());
        lines.add("+%.3fs %s".formatted(at.toMillis() / 1000.0, line));
    }

    Map<Happening, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
