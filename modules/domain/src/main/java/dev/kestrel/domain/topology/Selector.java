package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels match.
 *
 * @param equal labels that must be there with this value
 * @param demands further conditions
 */
public record Selector(Map<String, String> equal, List<Demand> demands) {
    /** Matches everything. */
    public static final Selector EVERYTHING = new Selector(Map.of(), List.of());

    public Selector {
        equal = Map.copyOf(equal);
        demands = List.copyOf(demands);
    }

    /** One of {@code matchExpressions}; {@code operator} as Kubernetes writes it. */
    public record Demand(String key, String operator, List<String> values) {
        private boolean holds(Map<String, String> labels) {
            var value = Optional.ofNullable(labels.get(key));
            return switch (operator) {
                case "In" -> value.filter(values::contains).isPresent();
                case "NotIn" -> value.filter(values::contains).isEmpty();
                case "Exists" -> value.isPresent();
                case "DoesNotExist" -> value.isEmpty();
                // An operator of tomorrow selects nothing, rather than too much.
                default -> false;
            };
        }
    }

    /** Reads a Service's selector: a plain map. */
    public static Selector ofMap(Fields map) {
        return new Selector(map.texts(), List.of());
    }

    /** Reads a label selector with {@code matchLabels} and {@code matchExpressions}. */
    public static Selector ofLabels(Fields selector) {
        var demands =
                selector.at("matchExpressions").items().stream().map(Selector::demand).toList();
        return new Selector(selector.at("matchLabels").texts(), demands);
    }

    private static Demand demand(Fields expression) {
        return new Demand(
                expression.at("key").text(),
                expression.at("operator").text(),
                expression.at("values").items().stream().map(Fields::text).toList());
    }

    public boolean matches(Map<String, String> labels) {
        return equal.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && demands.stream().allMatch(demand -> demand.holds(labels));
    }
}
