package dev.kestrel.simulator.resource;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which labels an object must carry, whether written in an object or in a query. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final Pattern SET =
            Pattern.compile("\\s*([^\\s!=(),]+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");

    /** What is asked of the one label named {@code label}. */
    public record Requirement(String label, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean holds(Map<String, String> labels) {
            var value = labels.get(label);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case ABSENT -> value == null;
            };
        }
    }

    /** How a label is compared. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        ABSENT
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /** Of a plain map of labels, as a Service's selector is. */
    public static LabelSelector ofMap(Map<String, String> labels) {
        return new LabelSelector(
                labels.entrySet().stream()
                        .map(entry -> equal(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Of {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector ofObject(JsonNode selector) {
        var found = new ArrayList<>(ofMap(Json.strings(selector.path("matchLabels"))).requirements);
        for (var expression : selector.path("matchExpressions")) {
            var operator =
                    switch (expression.path("operator").asText()) {
                        case "In" -> Operator.IN;
                        case "NotIn" -> Operator.NOT_IN;
                        case "Exists" -> Operator.EXISTS;
                        default -> Operator.ABSENT;
                    };
            var values = Json.items(expression.path("values")).stream().map(JsonNode::asText);
            found.add(new Requirement(expression.path("key").asText(), operator, values.toList()));
        }
        return new LabelSelector(found);
    }

    /** Of the text of a {@code labelSelector} query. */
    public static LabelSelector parse(String text) {
        var found = new ArrayList<Requirement>();
        // Splits at commas outside of parentheses.
        for (var part : text.split(",(?![^(]*\\))")) {
            if (!part.isBlank()) {
                found.add(requirement(part.strip()));
            }
        }
        return new LabelSelector(found);
    }

    private static Requirement requirement(String text) {
        var set = SET.matcher(text);
        if (set.matches()) {
            var operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            var values = List.of(set.group(3).split(",")).stream().map(String::strip).toList();
            return new Requirement(set.group(1), operator, values);
        }
        int at = text.indexOf("!=");
        if (at > 0) {
            var value = List.of(text.substring(at + 2).strip());
            return new Requirement(text.substring(0, at).strip(), Operator.NOT_IN, value);
        }
        at = text.indexOf('=');
        if (at > 0) {
            var value = text.substring(at + 1).replaceFirst("^=", "").strip();
            return equal(text.substring(0, at).strip(), value);
        }
        return text.startsWith("!")
                ? new Requirement(text.substring(1).strip(), Operator.ABSENT, List.of())
                : new Requirement(text, Operator.EXISTS, List.of());
    }

    private static Requirement equal(String label, String value) {
        return new Requirement(label, Operator.IN, List.of(value));
    }
}
