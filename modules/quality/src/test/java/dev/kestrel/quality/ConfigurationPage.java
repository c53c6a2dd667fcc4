package dev.kestrel.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The page of every key in {@code conf/kestrel.yaml}: two levels, a comment behind each. */
final class ConfigurationPage {
    private static final Pattern KEY =
            Pattern.compile("( *)([a-z-]+):(?: *([^#]*?))?(?: +# (.*))?");

    private ConfigurationPage() {}

    static Page page() {
        var rows = new ArrayList<List<String>>();
        var section = "";
        var file = Repository.read(Repository.ROOT.resolve("conf/kestrel.yaml"));
        for (var line : file.lines().toList()) {
            var key = KEY.matcher(line);
            if (!key.matches()) {
                continue;
            }
            var isNested = !group(key, 1).isEmpty();
            var value = group(key, 3);
            if (!isNested && value.isEmpty()) {
                section = group(key, 2);
            } else {
                var path = isNested ? section + "." + group(key, 2) : group(key, 2);
                rows.add(row(path, value, group(key, 4)));
            }
        }
        return Page.table(
                "configuration.md",
                "Configuration",
                "Every key of `conf/kestrel.yaml` with its default. The environment wins over"
                        + " files.",
                List.of("key", "default", "environment", "what"),
                rows);
    }

    private static List<String> row(String path, String value, String comment) {
        var environment = "KESTREL_" + path.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return List.of(Page.code(path), Page.code(value), Page.code(environment), comment);
    }

    private static String group(java.util.regex.Matcher key, int number) {
        var text = key.group(number);
        return text == null ? "" : text;
    }
}
