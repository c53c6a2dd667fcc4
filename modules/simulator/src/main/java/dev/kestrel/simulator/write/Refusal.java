package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceType;

import java.util.List;

/** Why the API would not do what was asked; it knows how to say so as a Kubernetes Status. */
public final class Refusal extends RuntimeException {
    private final int code;
    private final String reason;
    private final ObjectNode details;

    /** One cause among the details of a refusal. */
    public record Cause(String reason, String message, String field) {}

    private Refusal(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public ObjectNode status() {
        var status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    public static Refusal notFound(ResourceType type, String name) {
        var message = "%s \"%s\" not found".formatted(type.qualified(), name);
        return new Refusal(404, "NotFound", message, about(type, name));
    }

    public static Refusal noSuchResource() {
        var message = "the server could not find the requested resource";
        return new Refusal(404, "NotFound", message, Json.object());
    }

    public static Refusal alreadyExists(ResourceType type, String name) {
        var message = "%s \"%s\" already exists".formatted(type.qualified(), name);
        return new Refusal(409, "AlreadyExists", message, about(type, name));
    }

    public static Refusal modified(ResourceType type, String name) {
        var message =
                ("Operation cannot be fulfilled on %s \"%s\": the object has been modified; please"
                                + " apply your changes to the latest version and try again")
                        .formatted(type.qualified(), name);
        return new Refusal(409, "Conflict", message, about(type, name));
    }

    /** Another field manager owns what an apply would change. */
    public static Refusal applyConflict(String message, List<Cause> causes) {
        return new Refusal(409, "Conflict", message, withCauses(Json.object(), causes));
    }

    public static Refusal invalid(ResourceType type, String name, List<Cause> causes) {
        var said = causes.stream().map(cause -> cause.field() + ": " + cause.message()).toList();
        var text = said.size() == 1 ? said.getFirst() : said.toString();
        var message = "%s \"%s\" is invalid: %s".formatted(kind(type), name, text);
        var details = Json.object().put("name", name).put("group", type.group());
        details.put("kind", type.kind());
        return new Refusal(422, "Invalid", message, withCauses(details, causes));
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message, Json.object());
    }

    public static Refusal forbidden(ResourceType type, String name, String why) {
        var message =
                name.isEmpty()
                        ? "%s is forbidden: %s".formatted(type.qualified(), why)
                        : "%s \"%s\" is forbidden: %s".formatted(type.qualified(), name, why);
        return new Refusal(403, "Forbidden", message, about(type, name));
    }

    public static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized", Json.object());
    }

    public static Refusal forbiddenPath(String message) {
        return new Refusal(403, "Forbidden", message, Json.object());
    }

    public static Refusal expired(String message) {
        return new Refusal(410, "Expired", message, Json.object());
    }

    public static Refusal disruptionBudget(String message, Cause cause) {
        var details = withCauses(Json.object(), List.of(cause));
        return new Refusal(429, "TooManyRequests", message, details);
    }

    public static Refusal mediaType(String message) {
        return new Refusal(415, "UnsupportedMediaType", message, Json.object());
    }

    public static Refusal method() {
        var message = "the server does not allow this method on the requested resource";
        return new Refusal(405, "MethodNotAllowed", message, Json.object());
    }

    private static String kind(ResourceType type) {
        return type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    }

    private static ObjectNode about(ResourceType type, String name) {
        var details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }

    private static ObjectNode withCauses(ObjectNode details, List<Cause> causes) {
        var list = details.putArray("causes");
        for (var cause : causes) {
            var entry = list.addObject().put("reason", cause.reason());
            entry.put("message", cause.message()).put("field", cause.field());
        }
        return details;
    }
}
