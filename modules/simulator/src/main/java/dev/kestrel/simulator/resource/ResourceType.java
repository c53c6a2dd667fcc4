package dev.kestrel.simulator.resource;

import java.util.List;

/**
 * One kind of object the API serves.
 *
 * @param group API group, empty for the core group
 * @param schema name of the type in the field schema
 * @param shortNames what kubectl users may say instead of the plural
 */
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        String schema,
        List<String> shortNames)
        implements Comparable<ResourceType> {

    public ResourceType {
        shortNames = List.copyOf(shortNames);
    }

    /** As written in an object's {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As Kubernetes names it in error messages: {@code deployments.apps}, {@code pods}. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    @Override
    public int compareTo(ResourceType other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : plural.compareTo(other.plural);
    }
}
