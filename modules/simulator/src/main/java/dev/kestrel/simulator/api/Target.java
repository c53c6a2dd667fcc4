package dev.kestrel.simulator.api;

import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

import java.util.List;
import java.util.Optional;

/**
 * What a request is about, read from its method, path and query.
 *
 * @param resource plural as the path says it, served or not
 */
record Target(
        String verb,
        String group,
        String version,
        String resource,
        String namespace,
        String name,
        String subresource,
        String path,
        MultiMap query) {

    static Target of(HttpMethod method, String path, MultiMap query) {
        var parts = List.of(path.replaceFirst("^/", "").split("/"));
        var core = parts.getFirst().equals("api");
        int begin = core ? 2 : 3;
        if ((!core && !parts.getFirst().equals("apis")) || parts.size() <= begin) {
            return other(method, path, query);
        }
        var group = core ? "" : parts.get(1);
        var version = parts.get(begin - 1);
        var rest = parts.subList(begin, parts.size());
        var namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        var name = rest.size() > 1 ? rest.get(1) : "";
        var sub = rest.size() > 2 ? rest.get(2) : "";
        var verb = verb(method, name, query);
        return new Target(verb, group, version, rest.getFirst(), namespace, name, sub, path, query);
    }

    private static Target other(HttpMethod method, String path, MultiMap query) {
        var verb = method.name().toLowerCase(java.util.Locale.ROOT);
        return new Target(verb, "", "", "", "", "", "", path, query);
    }

    private static String verb(HttpMethod method, String name, MultiMap query) {
        return switch (method.name()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> isTrue(query.get("watch")) ? "watch" : name.isEmpty() ? "list" : "get";
        };
    }

    private static boolean isTrue(String flag) {
        return "true".equals(flag) || "1".equals(flag);
    }

    boolean flag(String name) {
        return isTrue(query.get(name));
    }

    String parameter(String name) {
        return Optional.ofNullable(query.get(name)).orElse("");
    }

    boolean dryRun() {
        return parameter("dryRun").equals("All");
    }

    /** With its subresource, as roles and the audit log write it. */
    String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** Empty when the path is no resource this cluster serves. */
    Optional<ResourceType> type() {
        return ResourceTypes.served(group, version, resource);
    }

    ResourceType served() {
        return type().orElseThrow(dev.kestrel.simulator.write.Refusal::noSuchResource);
    }

    ResourceKey key() {
        return new ResourceKey(served(), namespace, name);
    }
}
