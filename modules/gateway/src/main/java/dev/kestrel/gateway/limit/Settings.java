package dev.kestrel.gateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads values by key and collects what is wrong with them, so that all of it is told at once. */
final class Settings {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})(KiB|MiB)");

    private final Map<String, String> keys;
    private final TreeSet<String> unread;
    private final List<String> mistakes = new ArrayList<>();

    Settings(Map<String, String> keys) {
        this.keys = keys;
        this.unread = new TreeSet<>(keys.keySet());
    }

    List<String> mistakes() {
        var all = new ArrayList<>(mistakes);
        unread.forEach(key -> all.add("unknown key " + key));
        return all;
    }

    String text(String key, String otherwise) {
        return read(key, otherwise, "a text", text -> text);
    }

    List<String> texts(String key, String otherwise) {
        return read(
                key,
                otherwise,
                "texts separated by commas",
                text -> Arrays.stream(text.split(",")).map(String::strip).toList());
    }

    int count(String key, String otherwise, int least, int most) {
        return read(
                key,
                otherwise,
                "a number from %d to %d".formatted(least, most),
                text -> {
                    var number = Integer.parseInt(text);
                    if (number < least || number > most) {
                        throw new NumberFormatException();
                    }
                    return number;
                });
    }

    Duration duration(String key, String otherwise) {
        return read(key, otherwise, "a duration such as 250ms, 30s, 5m or 1h", Settings::duration);
    }

    /** One of the names of an enum, in lower case. */
    <E extends Enum<E>> E choice(String key, E otherwise) {
        var type = otherwise.getDeclaringClass();
        return read(
                key,
                otherwise.name(),
                "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /** In bytes. */
    int size(String key, String otherwise) {
        return read(key, otherwise, "a size such as 64KiB or 4MiB", Settings::size);
    }

    private <T> T read(String key, String otherwise, String expected, Function<String, T> reader) {
        unread.remove(key);
        var text = keys.getOrDefault(key, otherwise);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            mistakes.add("%s must be %s: %s".formatted(key, expected, text));
            return reader.apply(otherwise);
        }
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException();
        }
        var amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static int size(String text) {
        var matcher = SIZE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw new IllegalArgumentException();
        }
        var shift = matcher.group(2).equals("KiB") ? 10 : 20;
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1)) << shift));
    }
}
