package dev.kestrel.simulator.node;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads and writes durations as Go does: {@code 1m30s}, {@code 500ms}. */
final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h)");

    private GoDuration() {}

    static Duration parse(String text, Duration otherwise) {
        var parts = PART.matcher(text);
        var sum = Duration.ZERO;
        var end = 0;
        while (parts.find() && parts.start() == end) {
            sum =
                    sum.plusMillis(
                            Math.round(Double.parseDouble(parts.group(1)) * unit(parts.group(2))));
            end = parts.end();
        }
        return text.isEmpty() || end < text.length() ? otherwise : sum;
    }

    private static double unit(String name) {
        return switch (name) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }

    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        var minutes = duration.toMinutes();
        var seconds = (millis - minutes * 60_000) / 1000.0;
        var shown =
                seconds == Math.rint(seconds)
                        ? Long.toString((long) seconds)
                        : String.format(Locale.ROOT, "%.3f", seconds).replaceAll("0+$", "");
        return minutes > 0 ? minutes + "m" + shown + "s" : shown + "s";
    }
}
