package dev.kestrel.knowledge;

import dev.kestrel.knowledge.yaml.Tree;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the examples of a pack. */
final class ExampleReader {
    /** For example {@code pod.not_ready.some@Deployment/shop/cart -40s 1/2}. */
    private static final Pattern SYMPTOM =
            Pattern.compile("([a-z_.]+)@(\\S+)\\s+-(\\S+)(?:\\s+([0-9]+)/([0-9]+))?");

    Example read(Fielded fields) {
        var expected =
                fields.find("expect")
                        .map(
                                tree ->
                                        expected(
                                                Fielded.of(
                                                        tree,
                                                        problem ->
                                                                fields.complain(
                                                                        "expect",
                                                                        problem.message()))))
                        .orElseGet(
                                () -> {
                                    fields.complain("expect", "expect is missing");
                                    return new Example.Expected("", "", "", "", "", 0);
                                });
        return new Example(
                fields.text("name"),
                fields.text("world"),
                fields.items("objects").stream().map(ExampleReader::plain).toList(),
                fields.all("changes").stream().map(ExampleReader::changed).toList(),
                symptoms(fields),
                expected);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Tree tree) {
        return tree.plain() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Example.Changed changed(Fielded fields) {
        var changed =
                new Example.Changed(
                        fields.place(),
                        fields.text("of"),
                        fields.duration("before", Duration.ofMinutes(1)),
                        fields.text("by", ""),
                        fields.find("set").map(ExampleReader::plain).orElse(Map.of()));
        fields.refuseOthers();
        return changed;
    }

    private static List<Example.Seen> symptoms(Fielded fields) {
        var seen = new ArrayList<Example.Seen>();
        for (var item : fields.items("symptoms")) {
            var text = item instanceof Tree.Scalar scalar ? scalar.text() : "";
            var matcher = SYMPTOM.matcher(text);
            if (matcher.matches()) {
                seen.add(
                        new Example.Seen(
                                item.place(),
                                matcher.group(1),
                                matcher.group(2),
                                fields.parsed(
                                        "symptoms",
                                        matcher.group(3),
                                        Duration.ZERO,
                                        Durations::parse),
                                number(matcher.group(4)),
                                number(matcher.group(5))));
            } else {
                fields.complain(
                        "symptoms",
                        "expected type@Kind/namespace/name -30s, with 1/2 for 1 of 2 instances: "
                                + text);
            }
        }
        return seen;
    }

    private static int number(@Nullable String text) {
        return text == null ? 1 : Integer.parseInt(text);
    }

    private static Example.Expected expected(Fielded fields) {
        var expected =
                new Example.Expected(
                        fields.text("top", ""),
                        fields.text("notTop", ""),
                        fields.text("verdict", ""),
                        fields.text("status", ""),
                        fields.text("through", ""),
                        fields.number("atLeast", 0, 0, 1));
        fields.refuseOthers();
        return expected;
    }
}
