package dev.kestrel.quality.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that goes wrong at a moment.
 *
 * @param after since the beginning
 * @param which picks whom it hits, among those who are there by then
 * @param time how long it lasts, where it does
 */
record Fault(Kind kind, Duration after, int which, Duration time) {
    /** What goes wrong. Kinds that hit the ownership of clusters are the likeliest. */
    enum Kind {
        KILL_NODE(4),
        PAUSE_NODE(5),
        DRAIN_NODE(1),
        BREAK_STREAMS(2),
        RESTART_OPERATOR(1),
        CUT_NODE_FROM_STORE(4),
        CUT_NODES_APART(3),
        CUT_OPERATOR_OFF(2),
        RESTART_STORE(2),
        SLOW_STORE(1),
        SET_CLOCK(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> LIKELY = likely();

    private static List<Kind> likely() {
        var kinds = new ArrayList<Kind>();
        for (var kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** So many faults within a time, in order. */
    static List<Fault> draw(long seed, int count, Duration within) {
        var random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < count; i++) {
            faults.add(
                    new Fault(
                            LIKELY.get(random.nextInt(LIKELY.size())),
                            Duration.ofMillis(random.nextLong(500, within.toMillis())),
                            random.nextInt(1 << 16),
                            Duration.ofMillis(random.nextLong(100, 15_000))));
        }
        faults.sort(Comparator.comparing(Fault::after));
        return List.copyOf(faults);
    }
}
