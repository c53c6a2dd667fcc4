package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Refusal;
import dev.kestrel.simulator.write.Registry;
import dev.kestrel.simulator.write.Registry.PatchKind;

/** Answers requests about single objects. */
final class ObjectRequests {
    private static final String APPLY = "application/apply-patch+yaml";

    private final Inside inside;
    private final Target target;
    private final String userAgent;

    /** An answer and its HTTP status. */
    record Answer(int code, JsonNode body) {}

    ObjectRequests(Inside inside, Target target, String userAgent) {
        this.inside = inside;
        this.target = target;
        this.userAgent = userAgent;
    }

    Answer answer(String contentType, String body) {
        return switch (target.verb()) {
            case "list" -> new Answer(200, Pages.list(inside, target));
            case "get" -> new Answer(200, get());
            case "create" -> create(parsed(body));
            case "update" -> new Answer(200, update(parsed(body)));
            case "patch" -> patch(contentType, body);
            case "delete" -> new Answer(200, delete(body));
            default -> throw Refusal.method();
        };
    }

    private JsonNode get() {
        var object = live();
        return switch (target.subresource()) {
            case "", "status" -> object.tree();
            case "scale" -> Scales.of(object);
            default -> throw Refusal.noSuchResource();
        };
    }

    private KubeObject live() {
        return inside.registry()
                .find(target.key())
                .orElseThrow(() -> Refusal.notFound(target.served(), target.name()));
    }

    private Answer create(ObjectNode body) {
        if (target.subresource().equals("eviction")) {
            return new Answer(201, Evictions.evict(inside, target));
        }
        checkFields(body);
        place(body);
        var made = inside.registry().create(target.served(), body, updater(), target.dryRun());
        return new Answer(201, made.tree());
    }

    private JsonNode update(ObjectNode body) {
        return switch (target.subresource()) {
            case "" -> {
                checkFields(body);
                place(body);
                yield inside.registry().replace(object(body), updater(), target.dryRun()).tree();
            }
            case "status" -> status(object(body));
            case "scale" -> Scales.of(scale(body));
            default -> throw Refusal.noSuchResource();
        };
    }

    private JsonNode status(KubeObject next) {
        var by = new FieldManager(updater().name(), false, "status");
        return inside.registry().replaceStatus(next, by, target.dryRun()).tree();
    }

    private KubeObject scale(JsonNode body) {
        var by = new FieldManager(updater().name(), false, "scale");
        int replicas = body.at("/spec/replicas").asInt();
        var next = live().with(tree -> Json.ensure(tree, "spec").put("replicas", replicas));
        return inside.registry().replace(next, by, target.dryRun());
    }

    private Answer patch(String contentType, String body) {
        var kind = contentType.split(";")[0].strip();
        if (kind.equals(APPLY)) {
            return apply(parsed(body));
        }
        var patch = tree(body);
        if (target.subresource().equals("scale")) {
            return new Answer(200, Scales.of(scale(patch)));
        }
        var patched =
                inside.registry()
                        .patched(
                                target.key(),
                                patch,
                                switch (kind) {
                                    case "application/merge-patch+json" -> PatchKind.MERGE;
                                    case "application/strategic-merge-patch+json" ->
                                            PatchKind.STRATEGIC;
                                    case "application/json-patch+json" -> PatchKind.OPERATIONS;
                                    default -> throw unknownMediaType();
                                });
        checkFields(patched.tree());
        return new Answer(
                200,
                target.subresource().equals("status")
                        ? status(patched)
                        : inside.registry().replace(patched, updater(), target.dryRun()).tree());
    }

    private static Refusal unknownMediaType() {
        return Refusal.mediaType(
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json,"
                        + " application/strategic-merge-patch+json, "
                        + APPLY
                        + ", application/apply-patch+cbor");
    }

    private Answer apply(ObjectNode body) {
        var manager = target.parameter("fieldManager");
        if (manager.isEmpty()) {
            throw Refusal.badRequest(
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is"
                            + " required for apply patch");
        }
        var name = body.at("/metadata/name").asText(target.name());
        if (!name.equals(target.name())) {
            throw Refusal.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(name, target.name()));
        }
        if (body.at("/metadata").has("managedFields")) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        place(body);
        Json.ensure(body, "metadata").put("name", target.name());
        var fresh = inside.registry().find(target.key()).isEmpty();
        var by = new FieldManager(manager, true, target.subresource());
        var applied =
                inside.registry()
                        .apply(target.key(), body, by, target.flag("force"), target.dryRun());
        return new Answer(fresh ? 201 : 200, applied.tree());
    }

    private JsonNode delete(String body) {
        var options = body.isBlank() ? Json.object() : tree(body);
        var asked = target.parameter("gracePeriodSeconds");
        int grace =
                asked.isEmpty()
                        ? options.path("gracePeriodSeconds").asInt(-1)
                        : Integer.parseInt(asked);
        var uid = options.at("/preconditions/uid").asText("");
        var before = live();
        if (!uid.isEmpty() && !uid.equals(before.uid())) {
            throw Refusal.modified(target.served(), target.name());
        }
        var deleted = inside.registry().delete(target.key(), grace, target.dryRun());
        return deleted.isDeleting() ? deleted.tree() : success(deleted);
    }

    private static ObjectNode success(KubeObject gone) {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details").put("name", gone.name());
        details.put("kind", gone.type().plural()).put("uid", gone.uid());
        return status;
    }

    private FieldManager updater() {
        var asked = target.parameter("fieldManager");
        // Clients that do not say are named after the first word of their user agent.
        var name = asked.isEmpty() ? userAgent.split("[/ ]")[0] : asked;
        return FieldManager.update(name.isEmpty() ? "unknown" : name);
    }

    private KubeObject object(ObjectNode body) {
        return KubeObject.of(target.served(), body);
    }

    /** The path says where an object belongs; the body may leave it out but not contradict. */
    private void place(ObjectNode body) {
        ResourceType type = target.served();
        var metadata = Json.ensure(body, "metadata");
        var claimed = metadata.path("namespace").asText(target.namespace());
        if (type.namespaced() && !claimed.equals(target.namespace())) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
        if (type.namespaced()) {
            metadata.put("namespace", target.namespace());
        }
        body.put("kind", type.kind()).put("apiVersion", type.apiVersion());
    }

    private void checkFields(ObjectNode body) {
        if (target.parameter("fieldValidation").equals("Strict")) {
            var faults = Registry.unknownFields(target.served(), body);
            var unknown =
                    faults.stream()
                            .filter(fault -> fault.endsWith("not declared in schema"))
                            .map(
                                    fault ->
                                            "unknown field \"%s\""
                                                    .formatted(fault.split(":")[0].substring(1)))
                            .toList();
            if (!unknown.isEmpty()) {
                var said = String.join(", ", unknown);
                throw Refusal.badRequest("strict decoding error: " + said);
            }
        }
    }

    private static ObjectNode parsed(String body) {
        if (tree(body) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the body of the request must be an object");
    }

    private static JsonNode tree(String body) {
        try {
            return Json.parse(body);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.badRequest("error decoding patch: " + unreadable.getMessage());
        }
    }
}
