package dev.kestrel.testkit.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Owners as a map; what else is in memory asks it whether a write is fenced. */
public final class InMemoryOwners implements Owners {
    private final Map<ClusterRef, Lease> leases = new TreeMap<>();

    private record Lease(String node, long epoch, Instant until) {
        boolean isHeldBy(Ownership ownership) {
            return epoch == ownership.epoch() && node.equals(ownership.node());
        }
    }

    @Override
    public synchronized CompletionStage<Ownership> claim(
            ClusterRef cluster, String node, Instant now, Duration lease) {
        var before = leases.get(cluster);
        var epoch = before == null ? 1 : before.epoch() + 1;
        leases.put(cluster, new Lease(node, epoch, now.plus(lease)));
        return CompletableFuture.completedStage(new Ownership(cluster, node, epoch));
    }

    @Override
    public synchronized CompletionStage<Optional<Ownership>> adopt(
            ClusterRef cluster, String node, Instant now, Duration lease) {
        var held = leases.get(cluster);
        return held == null || held.until().isAfter(now)
                ? CompletableFuture.completedStage(Optional.empty())
                : claim(cluster, node, now, lease).thenApply(Optional::of);
    }

    @Override
    public synchronized CompletionStage<Optional<Ownership>> renew(
            Ownership ownership, Instant now, Duration lease) {
        if (isFenced(ownership)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        leases.put(
                ownership.cluster(),
                new Lease(ownership.node(), ownership.epoch(), now.plus(lease)));
        return CompletableFuture.completedStage(Optional.of(ownership));
    }

    @Override
    public synchronized CompletionStage<Boolean> release(Ownership ownership) {
        if (isFenced(ownership)) {
            return CompletableFuture.completedStage(false);
        }
        leases.put(ownership.cluster(), new Lease("", ownership.epoch(), Instant.MIN));
        return CompletableFuture.completedStage(true);
    }

    @Override
    public synchronized CompletionStage<Optional<Ownership>> find(ClusterRef cluster) {
        return CompletableFuture.completedStage(
                Optional.ofNullable(leases.get(cluster))
                        .filter(lease -> !lease.node().isEmpty())
                        .map(lease -> new Ownership(cluster, lease.node(), lease.epoch())));
    }

    @Override
    public synchronized CompletionStage<List<ClusterRef>> orphans(Instant now, int limit) {
        return CompletableFuture.completedStage(
                leases.entrySet().stream()
                        .filter(entry -> !entry.getValue().until().isAfter(now))
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList());
    }

    /** Whether a write under this ownership must be refused. */
    public synchronized boolean isFenced(Ownership ownership) {
        var lease = leases.get(ownership.cluster());
        return lease == null || !lease.isHeldBy(ownership);
    }
}
