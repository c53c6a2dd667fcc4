package dev.kestrel.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads values by key and collects what is wrong with them, so that all of it is told at once. */
final class Settings {
    private final Map<String, String> defaults;
    private final Map<String, String> keys;
    private final List<String> mistakes = new ArrayList<>();

    Settings(Map<String, String> defaults, Map<String, String> keys) {
        this.defaults = defaults;
        this.keys = keys;
    }

    List<String> mistakes() {
        return mistakes;
    }

    void wrong(String mistake) {
        mistakes.add(mistake);
    }

    String text(String key) {
        return keys.getOrDefault(key, defaults.getOrDefault(key, ""));
    }

    boolean truth(String key) {
        if (!text(key).matches("true|false")) {
            wrong("%s must be true or false: %s".formatted(key, text(key)));
        }
        return text(key).equals("true");
    }

    int count(String key, int least, int most) {
        if (text(key).matches("[0-9]{1,9}")) {
            var number = Integer.parseInt(text(key));
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong("%s must be a number from %d to %d: %s".formatted(key, least, most, text(key)));
        return least;
    }

    Duration duration(String key) {
        if (!text(key).matches("[1-9][0-9]{0,6}[smh]")) {
            wrong("%s must be a duration such as 30s, 5m or 1h: %s".formatted(key, text(key)));
            return Duration.ofMinutes(1);
        }
        return Duration.parse("PT" + text(key).toUpperCase(Locale.ROOT));
    }
}
