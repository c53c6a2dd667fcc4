package dev.kestrel.simulator.api;

import java.util.List;

/**
 * What a role allows: verbs on resources of groups, everywhere or in some namespaces.
 *
 * @param resources plural names, subresources as {@code pods/log}; {@code *} is any
 * @param namespaces empty for all
 */
public record Rule(
        List<String> verbs, List<String> groups, List<String> resources, List<String> namespaces) {

    public Rule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
    }

    boolean allows(String verb, String group, String resource, String namespace) {
        return holds(verbs, verb)
                && holds(groups, group)
                && holds(resources, resource)
                && (namespaces.isEmpty() || namespaces.contains(namespace));
    }

    private static boolean holds(List<String> allowed, String asked) {
        return allowed.contains("*") || allowed.contains(asked);
    }
}
