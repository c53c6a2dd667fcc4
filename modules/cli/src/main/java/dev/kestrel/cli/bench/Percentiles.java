package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.util.Arrays;
import java.util.Locale;

/** What a series of measured times comes to, in microseconds. */
record Percentiles(int count, double p50, double p99, double max) {
    static final Percentiles NONE = new Percentiles(0, 0, 0, 0);

    /** Of times in nanoseconds. */
    static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            return NONE;
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1.0));
    }

    /** The smallest time that at least this share did not exceed, to a tenth of a microsecond. */
    private static double at(long[] sorted, double share) {
        return Math.round(sorted[(int) Math.ceil(share * sorted.length) - 1] / 100.0) / 10.0;
    }

    /** With the keys {@code count}, {@code p50_us}, {@code p99_us} and {@code max_us}. */
    JsonObject json() {
        return new JsonObject()
                .put("count", count)
                .put("p50_us", p50)
                .put("p99_us", p99)
                .put("max_us", max);
    }

    static Percentiles read(JsonObject json) {
        return new Percentiles(
                json.getInteger("count"),
                json.getDouble("p50_us"),
                json.getDouble("p99_us"),
                json.getDouble("max_us"));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,10.1f %,10.1f %,10.1f %,9d", p50, p99, max, count);
    }
}
