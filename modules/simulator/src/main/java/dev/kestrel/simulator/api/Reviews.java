package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.write.Refusal;

/** Answers what the asking identity may do. Everybody may ask. */
final class Reviews {
    static final String GROUP = "authorization.k8s.io";

    private Reviews() {}

    static boolean covers(Target target) {
        return target.group().equals(GROUP) && target.verb().equals("create");
    }

    static ObjectNode answer(Target target, ObjectNode review, Identity identity) {
        return switch (target.resource()) {
            case "selfsubjectaccessreviews" -> access(review, identity);
            case "selfsubjectrulesreviews" -> rules(review, identity);
            default -> throw Refusal.noSuchResource();
        };
    }

    private static ObjectNode access(ObjectNode review, Identity identity) {
        var asked = review.at("/spec/resourceAttributes");
        var resource = asked.path("resource").asText("");
        var sub = asked.path("subresource").asText("");
        var allowed =
                identity.may(
                        asked.path("verb").asText(""),
                        asked.path("group").asText(""),
                        sub.isEmpty() ? resource : resource + "/" + sub,
                        asked.path("namespace").asText(""));
        review.putObject("status").put("allowed", allowed);
        return review;
    }

    private static ObjectNode rules(ObjectNode review, Identity identity) {
        var namespace = review.at("/spec/namespace").asText("");
        var status = review.putObject("status").put("incomplete", false);
        status.putArray("nonResourceRules");
        var list = status.putArray("resourceRules");
        for (var rule : identity.rules()) {
            if (rule.namespaces().isEmpty() || rule.namespaces().contains(namespace)) {
                var entry = list.addObject();
                rule.verbs().forEach(entry.putArray("verbs")::add);
                rule.groups().forEach(entry.putArray("apiGroups")::add);
                rule.resources().forEach(entry.putArray("resources")::add);
            }
        }
        return review;
    }

    /** Refuses what the identity may not do, in the words of the RBAC authorizer. */
    static void require(Target target, Identity identity) {
        var allowed =
                target.resource().isEmpty()
                        || covers(target)
                        || identity.may(
                                target.verb(),
                                target.group(),
                                target.fullResource(),
                                target.namespace());
        if (!allowed) {
            var where =
                    target.namespace().isEmpty()
                            ? "at the cluster scope"
                            : "in the namespace \"%s\"".formatted(target.namespace());
            var why =
                    "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                            .formatted(
                                    identity.user(),
                                    target.verb(),
                                    target.fullResource(),
                                    target.group(),
                                    where);
            throw target.type()
                    .map(type -> Refusal.forbidden(type, target.name(), why))
                    .orElseGet(() -> Refusal.forbiddenPath(why));
        }
    }

    /** A missing body is an empty review. */
    static ObjectNode parsed(JsonNode body) {
        return body instanceof ObjectNode object ? object : Json.object();
    }
}
