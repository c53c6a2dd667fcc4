package dev.kestrel.quality.simulation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which processes cannot reach each other just now, each direction by itself. What is sent into a
 * cut arrives once it is healed, in order, because connections send again; whoever loses patience
 * before has to live with that.
 */
final class Network {
    /** The database, as processes name it. */
    static final String STORE = "store";

    private static final Duration NOTICED = Duration.ofSeconds(5);

    private final Timeline timeline;
    private final Map<String, Cut> cuts = new HashMap<>();

    private record Cut(Instant from, Instant until) {}

    Network(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Nothing goes from one to the other for so long. */
    void cut(String from, String to, Duration time) {
        var now = timeline.instant();
        cuts.put(from + ">" + to, new Cut(now, now.plus(time)));
    }

    /** When something arrives that would arrive at a moment if nothing were cut. */
    Instant arrival(String from, String to, Instant usual) {
        var cut = cuts.get(from + ">" + to);
        return cut == null || usual.isBefore(cut.from()) || !usual.isBefore(cut.until())
                ? usual
                : cut.until();
    }

    /** Whether two members of the bus have given each other up. */
    boolean isSplit(String one, String other) {
        return isNoticed(cuts.get(one + ">" + other)) || isNoticed(cuts.get(other + ">" + one));
    }

    private boolean isNoticed(@Nullable Cut cut) {
        var now = timeline.instant();
        return cut != null && now.isBefore(cut.until()) && !now.isBefore(cut.from().plus(NOTICED));
    }
}
