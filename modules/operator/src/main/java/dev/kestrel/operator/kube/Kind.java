package dev.kestrel.operator.kube;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A kind of object and where the API serves it.
 *
 * @param name for example {@code Deployment}
 * @param group empty for the core group
 * @param plural as in the URL
 */
public record Kind(String name, String group, String version, String plural, boolean namespaced) {
    /** As objects write it, for example {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Path of all objects of a namespace; of all namespaces where it is empty. */
    public String path(String namespace) {
        var api = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespaced && !namespace.isEmpty()
                ? api + "/namespaces/" + segment(namespace) + "/" + plural
                : api + "/" + plural;
    }

    /** Path of one object. */
    public String path(String namespace, String object) {
        return path(namespace) + "/" + segment(object);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
