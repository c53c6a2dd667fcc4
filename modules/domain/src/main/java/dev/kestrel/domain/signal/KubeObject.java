package dev.kestrel.domain.signal;

import java.time.Instant;
import java.util.List;

/**
 * A Kubernetes object as it was seen: level, not edge.
 *
 * @param apiVersion for example {@code apps/v1}
 * @param fields the whole object, without managed fields, secret values and ConfigMap values
 * @param managers who last wrote it, newest first
 */
public record KubeObject(
        ResourceRef ref,
        String uid,
        String resourceVersion,
        String apiVersion,
        Fields fields,
        List<FieldManager> managers) {
    public KubeObject {
        managers = List.copyOf(managers);
    }

    public Fields at(String... path) {
        return fields.at(path);
    }

    /**
     * One entry of the object's managed fields.
     *
     * @param operation {@code Apply} or {@code Update}
     * @param subresource empty for the object itself
     */
    public record FieldManager(String manager, String operation, Instant at, String subresource) {}
}
