package dev.kestrel.simulator.resource;

import java.util.Comparator;

/**
 * Where an object is kept.
 *
 * @param namespace empty for cluster-wide types
 */
public record ResourceKey(ResourceType type, String namespace, String name)
        implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::type)
                    .thenComparing(ResourceKey::namespace)
                    .thenComparing(ResourceKey::name);

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
