package dev.kestrel.domain.signal;

import java.util.Comparator;

/**
 * Names a Kubernetes object within its cluster. Independent of the object's life: a recreated
 * object has the same ref and another uid.
 *
 * @param kind Kubernetes kind, for example {@code Deployment}
 * @param namespace empty for cluster-scoped resources
 */
public record ResourceRef(String kind, String namespace, String name)
        implements Comparable<ResourceRef> {
    private static final Comparator<ResourceRef> ORDER =
            Comparator.comparing(ResourceRef::kind)
                    .thenComparing(ResourceRef::namespace)
                    .thenComparing(ResourceRef::name);

    /** A resource without a namespace. */
    public static ResourceRef ofCluster(String kind, String name) {
        return new ResourceRef(kind, "", name);
    }

    /** Reads {@code Kind/namespace/name} or {@code Kind/name}. */
    public static ResourceRef parse(String text) {
        var parts = text.split("/", -1);
        return switch (parts.length) {
            case 2 -> ofCluster(parts[0], parts[1]);
            case 3 -> new ResourceRef(parts[0], parts[1], parts[2]);
            default ->
                    throw new IllegalArgumentException(
                            "expected Kind/namespace/name or Kind/name: " + text);
        };
    }

    @Override
    public int compareTo(ResourceRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
    }
}
