package dev.kestrel.domain.signal;

import java.util.Objects;

/**
 * A cluster of a tenant. Both ids come from the client certificate and begin every key, topic and
 * row.
 *
 * @param tenant id of the tenant, lower-case letters, digits and dashes
 * @param cluster id of the cluster, unique within the tenant
 */
public record ClusterRef(String tenant, String cluster) implements Comparable<ClusterRef> {
    public ClusterRef {
        if (tenant.isBlank() || cluster.isBlank()) {
            throw new IllegalArgumentException(
                    "a cluster needs a tenant and an id: " + tenant + "/" + cluster);
        }
        // Or two tenants could spell the same key.
        if (tenant.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a tenant has no slash in it: " + tenant);
        }
    }

    /** Reads what {@link #toString} writes. */
    public static ClusterRef parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("expected tenant/cluster: " + text);
        }
        return new ClusterRef(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ClusterRef other) {
        var byTenant = tenant.compareTo(Objects.requireNonNull(other).tenant);
        return byTenant != 0 ? byTenant : cluster.compareTo(other.cluster);
    }

    @Override
    public String toString() {
        return tenant + "/" + cluster;
    }
}
