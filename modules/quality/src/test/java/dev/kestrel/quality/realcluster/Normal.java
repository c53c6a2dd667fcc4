package dev.kestrel.quality.realcluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of a text what differs from one run to the next: names' endings, times, addresses. */
final class Normal {

    /** The letters Kubernetes makes names of: no vowels, and no digits that look like letters. */
    private static final String RANDOM = "[bcdfghjklmnpqrstvwxz2456789]";

    private static final Map<Pattern, String> RULES = new LinkedHashMap<>();

    static {
        rule("\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z? ?", "");
        rule("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>");
        rule("sha256:[0-9a-f]{64}", "<digest>");
        rule("[0-9a-f]{64}", "<id>");
        rule("-%s{8,10}-%s{5}(?![a-z0-9])".formatted(RANDOM, RANDOM), "-<hash>-<pod>");
        rule("-(?=[a-z]*\\d)%s{8,10}(?![a-z0-9])".formatted(RANDOM), "-<hash>");
        rule("10\\.0\\.0\\.10:53\\b", "<dns>:53");
        rule("10\\.0\\.0\\.\\d+(:\\d{1,4})?(?!\\d)", "<service>$1");
        // The simulated cluster's services.
        rule("10\\.96\\.\\d+\\.\\d+(:\\d{1,4})?(?!\\d)", "<service>$1");
        rule("10\\.24[45]\\.\\d+\\.\\d+(:\\d{1,4})?(?!\\d)", "<pod>$1");
        rule("<(pod|service)>:\\d{5}\\b", "<$1>:<port>");
        rule("in \\d+(\\.\\d+)?m?s \\(.* including waiting\\)", "in <duration>");
        rule("Image size: \\d+ bytes", "Image size: <size>");
    }

    private Normal() {}

    private static void rule(String pattern, String replacement) {
        RULES.put(Pattern.compile(pattern), replacement);
    }

    static String text(String raw) {
        var text = raw.strip().replace("\n", "\\n");
        for (var rule : RULES.entrySet()) {
            text = rule.getKey().matcher(text).replaceAll(rule.getValue());
        }
        return text;
    }
}
