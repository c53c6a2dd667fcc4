package dev.kestrel.cli.bench;

import java.util.Arrays;

/** Times in nanoseconds as they are measured; past the limit they are not kept any more. */
final class Latencies {
    private static final int MOST = 4_000_000;

    private long[] nanos = new long[1024];
    private int count;

    void add(long time) {
        if (count == MOST) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.min(MOST, 2 * count));
        }
        nanos[count++] = time;
    }

    Percentiles percentiles() {
        return Percentiles.of(Arrays.copyOf(nanos, count));
    }
}
