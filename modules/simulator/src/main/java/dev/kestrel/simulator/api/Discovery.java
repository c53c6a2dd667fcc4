package dev.kestrel.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Refusal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells clients what the cluster serves. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "get", "list", "patch", "update", "watch");
    private static final Set<ResourceType> SCALED =
            Set.of(ResourceTypes.DEPLOYMENT, ResourceTypes.REPLICA_SET, ResourceTypes.STATEFUL_SET);

    private Discovery() {}

    /** The answer to a path that is no resource; empty when there is none. */
    static Optional<ObjectNode> answer(String path) {
        var parts = List.of(path.replaceFirst("^/", "").replaceFirst("/$", "").split("/"));
        return switch (parts.getFirst()) {
            case "version" -> Optional.of(version());
            case "api" -> Optional.of(parts.size() == 1 ? versions() : core(parts));
            case "apis" ->
                    Optional.of(
                            switch (parts.size()) {
                                case 1 -> groups();
                                case 2 -> group(known(parts.get(1)), true);
                                default -> resources(known(parts.get(1)), parts.get(2));
                            });
            default -> Optional.empty();
        };
    }

    private static ObjectNode core(List<String> parts) {
        return resources("", parts.get(1));
    }

    private static String known(String group) {
        if (ResourceTypes.ALL.stream().noneMatch(type -> type.group().equals(group))) {
            if (!group.equals("authorization.k8s.io")) {
                throw Refusal.noSuchResource();
            }
        }
        return group;
    }

    private static ObjectNode version() {
        var version = Json.object().put("major", "1").put("minor", "36");
        version.put("gitVersion", "v1.36.3").put("gitCommit", "").put("gitTreeState", "clean");
        version.put("buildDate", "2026-08-12T09:00:00Z").put("goVersion", "go1.26.8");
        return version.put("compiler", "gc").put("platform", "linux/amd64");
    }

    private static ObjectNode versions() {
        var answer = Json.object().put("kind", "APIVersions");
        answer.putArray("versions").add("v1");
        answer.putArray("serverAddressByClientCIDRs");
        return answer;
    }

    private static ObjectNode groups() {
        var answer = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = answer.putArray("groups");
        ResourceTypes.ALL.stream()
                .map(ResourceType::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .forEach(group -> groups.add(group(group, false)));
        groups.add(group("authorization.k8s.io", false));
        return answer;
    }

    private static ObjectNode group(String group, boolean alone) {
        var version =
                ResourceTypes.ALL.stream()
                        .filter(type -> type.group().equals(group))
                        .map(ResourceType::version)
                        .findFirst()
                        .orElse("v1");
        var answer = Json.object();
        if (alone) {
            answer.put("kind", "APIGroup").put("apiVersion", "v1");
        }
        answer.put("name", group);
        var both = Json.object().put("groupVersion", group + "/" + version);
        both.put("version", version);
        answer.putArray("versions").add(both);
        answer.set("preferredVersion", both.deepCopy());
        return answer;
    }

    private static ObjectNode resources(String group, String version) {
        var answer = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        answer.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        var list = answer.putArray("resources");
        ResourceTypes.ALL.stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .forEach(type -> resource(list, type));
        if (list.isEmpty() && !group.equals("authorization.k8s.io")) {
            throw Refusal.noSuchResource();
        }
        return answer;
    }

    private static void resource(ArrayNode list, ResourceType type) {
        add(list, type, "", type.kind(), VERBS);
        if (type.equals(ResourceTypes.POD)) {
            add(list, type, "/log", "Pod", List.of("get"));
            add(list, type, "/eviction", "Eviction", List.of("create"));
        }
        if (SCALED.contains(type)) {
            add(list, type, "/scale", "Scale", List.of("get", "patch", "update"));
        }
        add(list, type, "/status", type.kind(), List.of("get", "patch", "update"));
    }

    private static void add(
            ArrayNode list, ResourceType type, String sub, String kind, List<String> verbs) {
        var entry = list.addObject().put("name", type.plural() + sub);
        entry.put("singularName", sub.isEmpty() ? type.kind().toLowerCase(Locale.ROOT) : "");
        entry.put("namespaced", type.namespaced()).put("kind", kind);
        verbs.forEach(entry.putArray("verbs")::add);
        if (sub.isEmpty() && !type.shortNames().isEmpty()) {
            type.shortNames().forEach(entry.putArray("shortNames")::add);
        }
    }
}
