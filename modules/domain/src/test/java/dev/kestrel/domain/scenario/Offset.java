package dev.kestrel.domain.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Times of a timeline: {@code +90s}, {@code +2m05s}, {@code +3h}. */
public final class Offset {
    private static final Pattern FORM = Pattern.compile("\\+(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private Offset() {}

    static Duration read(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("no time: " + text);
        }
        return Duration.ofHours(number(found.group(1)))
                .plusMinutes(number(found.group(2)))
                .plusSeconds(number(found.group(3)));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Writes a moment as the timeline would. */
    public static String write(Instant at) {
        var since = Duration.between(World.START, at);
        if (since.isNegative()) {
            return "before";
        }
        var hours = since.toHours() > 0 ? since.toHours() + "h" : "";
        var minutes = since.toMinutesPart() > 0 ? since.toMinutesPart() + "m" : "";
        return "+" + hours + minutes + since.toSecondsPart() + "s";
    }
}
