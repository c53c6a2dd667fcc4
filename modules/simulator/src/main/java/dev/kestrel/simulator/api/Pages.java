package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.SimulatedCluster.Inside;
import dev.kestrel.simulator.resource.FieldSelector;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.write.Refusal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Answers lists, whole or page by page; all pages show the cluster as it was at the first. */
final class Pages {
    private static final String TOO_OLD =
            "The provided continue parameter is too old to display a consistent list result. You"
                    + " can start a new list without the continue parameter, or use the continue"
                    + " token in this response to retrieve the remainder of the results. Continuing"
                    + " with the provided token results in an inconsistent list - objects that were"
                    + " created, modified, or deleted between the time the first chunk was returned"
                    + " and now may show up in the list.";

    private Pages() {}

    /** Where the next page begins. */
    private record Token(long revision, String after) {
        static Token parse(String text) {
            try {
                var bytes = Base64.getUrlDecoder().decode(text);
                var json = Json.parse(new String(bytes, StandardCharsets.UTF_8));
                return new Token(json.path("rv").asLong(), json.path("start").asText());
            } catch (IllegalArgumentException garbled) {
                throw Refusal.badRequest("continue key is not valid: " + garbled.getMessage());
            }
        }

        String text() {
            var json = Json.object().put("v", "meta.k8s.io/v1").put("rv", revision);
            var bytes = json.put("start", after).toString().getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    /** Which objects a list or watch is about. */
    record Filter(ResourceType type, String namespace, LabelSelector labels, FieldSelector fields) {
        static Filter of(Target target) {
            var type = target.served();
            var name = target.name().isEmpty() ? "" : "metadata.name=" + target.name() + ",";
            try {
                return new Filter(
                        type,
                        target.namespace(),
                        LabelSelector.parse(target.parameter("labelSelector")),
                        FieldSelector.parse(type, name + target.parameter("fieldSelector")));
            } catch (IllegalArgumentException unreadable) {
                throw Refusal.badRequest(String.valueOf(unreadable.getMessage()));
            }
        }

        boolean matches(KubeObject object) {
            return object.type().equals(type)
                    && (namespace.isEmpty() || namespace.equals(object.namespace()))
                    && labels.matches(object.labels())
                    && fields.matches(object);
        }

        boolean selects() {
            return !labels.requirements().isEmpty() || !fields.requirements().isEmpty();
        }
    }

    static ObjectNode list(Inside inside, Target target) {
        var filter = Filter.of(target);
        var store = inside.store();
        var continued = target.parameter("continue");
        var token = continued.isEmpty() ? new Token(store.revision(), "") : Token.parse(continued);
        if (token.revision() < store.compacted()) {
            throw Refusal.expired(TOO_OLD);
        }
        var matching =
                store.listAt(filter.type(), token.revision()).stream()
                        .filter(filter::matches)
                        .filter(object -> position(object).compareTo(token.after()) > 0)
                        .toList();
        var limit = target.parameter("limit");
        int most = limit.isEmpty() || limit.equals("0") ? matching.size() : Integer.parseInt(limit);
        return page(filter, token.revision(), matching, most);
    }

    private static ObjectNode page(
            Filter filter, long revision, List<KubeObject> matching, int most) {
        var list = Json.object().put("kind", filter.type().kind() + "List");
        list.put("apiVersion", filter.type().apiVersion());
        var metadata = list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (matching.size() > most) {
            var last = matching.get(most - 1);
            metadata.put("continue", new Token(revision, position(last)).text());
            if (!filter.selects()) {
                metadata.put("remainingItemCount", matching.size() - most);
            }
        }
        var items = list.putArray("items");
        // Items of a typed list do not repeat their type.
        matching.stream()
                .limit(most)
                .map(object -> object.tree().deepCopy())
                .forEach(tree -> items.add(tree.remove(List.of("kind", "apiVersion"))));
        return list;
    }

    private static String position(KubeObject object) {
        return object.namespace() + "/" + object.name();
    }
}
