package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Sets conditions in a status the way controllers do: times move only when something did. */
public final class Conditions {
    private Conditions() {}

    /** What a condition shall say. */
    public record Wanted(String type, String status, String reason, @Nullable String message) {}

    /**
     * Sets one condition.
     *
     * @param alsoTouched time fields that move whenever anything in the condition changes
     */
    public static void set(
            ObjectNode status, Wanted wanted, Instant now, List<String> alsoTouched) {
        var condition = find(status, wanted.type());
        var same =
                condition.path("status").asText().equals(wanted.status())
                        && condition.path("reason").asText("").equals(wanted.reason());
        if (same) {
            return;
        }
        var turned = !condition.path("status").asText("").equals(wanted.status());
        condition.put("type", wanted.type()).put("status", wanted.status());
        condition.put("reason", wanted.reason());
        if (wanted.message() != null) {
            condition.put("message", wanted.message());
        }
        if (turned) {
            condition.put("lastTransitionTime", Json.time(now));
        }
        alsoTouched.forEach(field -> condition.put(field, Json.time(now)));
    }

    public static void remove(ObjectNode status, String type) {
        var conditions = status.withArray("conditions");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (conditions.get(i).path("type").asText().equals(type)) {
                conditions.remove(i);
            }
        }
        if (conditions.isEmpty()) {
            status.remove("conditions");
        }
    }

    private static ObjectNode find(ObjectNode status, String type) {
        for (var condition : status.withArray("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return (ObjectNode) condition;
            }
        }
        return status.withArray("conditions").addObject().put("type", type);
    }
}
