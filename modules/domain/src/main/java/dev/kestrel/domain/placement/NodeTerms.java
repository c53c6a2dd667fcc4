package dev.kestrel.domain.placement;

import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.Map;

/** Required node affinity: one term must hold, with all that it says. */
final class NodeTerms {
    private NodeTerms() {}

    static boolean admit(Fields required, Map<String, String> labels, String name) {
        return required.at("nodeSelectorTerms").items().stream()
                .filter(term -> !says(term).isEmpty())
                .anyMatch(
                        term ->
                                term.at("matchExpressions").items().stream()
                                                .allMatch(one -> holds(one, labels))
                                        && term.at("matchFields").items().stream()
                                                .allMatch(
                                                        one ->
                                                                holds(
                                                                        one,
                                                                        Map.of(
                                                                                "metadata.name",
                                                                                name))));
    }

    /** A term that says nothing admits no node. */
    private static List<Fields> says(Fields term) {
        var fields = term.at("matchFields").items();
        return fields.isEmpty() ? term.at("matchExpressions").items() : fields;
    }

    private static boolean holds(Fields expression, Map<String, String> labels) {
        var key = expression.at("key").text();
        var values = expression.at("values").items().stream().map(Fields::text).toList();
        var has = labels.containsKey(key);
        var value = labels.getOrDefault(key, "");
        return switch (expression.at("operator").text()) {
            case "In" -> has && values.contains(value);
            case "NotIn" -> !has || !values.contains(value);
            case "Exists" -> has;
            case "DoesNotExist" -> !has;
            case "Gt" -> has && isPair(value, values) && compared(value, values) > 0;
            case "Lt" -> has && isPair(value, values) && compared(value, values) < 0;
            default -> false;
        };
    }

    /** Kubernetes compares whole numbers only, and with exactly one; else nothing matches. */
    private static boolean isPair(String value, List<String> values) {
        return isWhole(value) && values.size() == 1 && isWhole(values.getFirst());
    }

    private static int compared(String value, List<String> values) {
        return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    }

    private static boolean isWhole(String text) {
        return text.matches("-?\\d{1,18}");
    }
}
