package dev.kestrel.domain.access;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Ownership;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The clusters of a tenant, as people see them. */
public interface Clusters {
    /** Sorted by name; bound to the tenant. */
    CompletionStage<List<Registered>> list(String tenant);

    /** Empty when the tenant has no such cluster. */
    CompletionStage<Optional<Registered>> find(String tenant, String cluster);

    /** Ends the cluster's identity for good; false when the tenant has no such cluster. */
    CompletionStage<Boolean> revoke(ClusterRef cluster, Instant now);

    /** Saves how a cluster is doing; written by its owner. */
    CompletionStage<Journal.Appended> report(Ownership ownership, Health health);

    /**
     * A cluster and how it is doing.
     *
     * @param state {@code INVITED}, {@code ACTIVE} or {@code REVOKED}
     */
    record Registered(
            ClusterRef ref, String name, String state, Instant createdAt, Health health) {}

    /**
     * How a cluster is doing.
     *
     * @param connected the telemetry stream is open and not silent
     * @param visibility 0..1: share of the expected sources that are live and unshed
     * @param json sources, their state and staleness, what was shed, what cannot be seen, and
     *     whether the first inventory is whole; for the dashboard
     */
    record Health(
            boolean connected,
            Instant lastHeardAt,
            String operatorVersion,
            String kubernetesVersion,
            boolean writeEnabled,
            double visibility,
            String json) {
        public static final Health NEVER_CONNECTED =
                new Health(false, Instant.EPOCH, "", "", false, 0, "{}");
    }
}
