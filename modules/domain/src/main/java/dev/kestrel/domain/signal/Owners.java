package dev.kestrel.domain.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who owns which cluster, kept where all nodes see it. */
public interface Owners {
    /** Claims the cluster for the node with the next epoch, whoever owned it before. */
    CompletionStage<Ownership> claim(ClusterRef cluster, String node, Instant now, Duration lease);

    /**
     * Claims the cluster for the node only if nobody owns it at that time; else empty. So of nodes
     * that find the same orphan one adopts it, and none takes it from a stream that just came.
     */
    CompletionStage<Optional<Ownership>> adopt(
            ClusterRef cluster, String node, Instant now, Duration lease);

    /** Prolongs the lease; empty when another node has claimed since. */
    CompletionStage<Optional<Ownership>> renew(Ownership ownership, Instant now, Duration lease);

    /** Gives the cluster back, so that any node may take it over at once. */
    CompletionStage<Boolean> release(Ownership ownership);

    /**
     * The newest claim on the cluster, even one whose lease is over; empty when it was given back.
     */
    CompletionStage<Optional<Ownership>> find(ClusterRef cluster);

    /** Clusters that nobody owns at the moment, at most {@code limit}. */
    CompletionStage<List<ClusterRef>> orphans(Instant now, int limit);
}
