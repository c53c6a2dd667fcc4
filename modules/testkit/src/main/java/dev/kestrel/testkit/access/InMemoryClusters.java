package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.testkit.signal.InMemoryOwners;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Clusters with their join tokens and certificates, in maps. */
public final class InMemoryClusters implements Clusters, Enrolments {
    private final InMemoryOwners owners;
    private final Map<ClusterRef, Registered> clusters = new TreeMap<>();
    private final Map<String, Offer> offers = new TreeMap<>();
    private final Set<String> certificates = new TreeSet<>();

    private record Offer(ClusterRef cluster, Instant expiresAt) {}

    public InMemoryClusters(InMemoryOwners owners) {
        this.owners = owners;
    }

    @Override
    public synchronized CompletionStage<List<Registered>> list(String tenant) {
        return CompletableFuture.completedStage(
                clusters.values().stream()
                        .filter(cluster -> cluster.ref().tenant().equals(tenant))
                        .sorted(Comparator.comparing(Registered::name))
                        .toList());
    }

    @Override
    public synchronized CompletionStage<Optional<Registered>> find(String tenant, String cluster) {
        return CompletableFuture.completedStage(
                Optional.ofNullable(clusters.get(new ClusterRef(tenant, cluster))));
    }

    @Override
    public synchronized CompletionStage<Boolean> revoke(ClusterRef cluster, Instant now) {
        return CompletableFuture.completedStage(
                clusters.computeIfPresent(cluster, (_, it) -> in("REVOKED", it)) != null);
    }

    @Override
    public synchronized CompletionStage<Appended> report(Ownership ownership, Health health) {
        if (owners.isFenced(ownership)) {
            return CompletableFuture.completedStage(Appended.FENCED);
        }
        clusters.computeIfPresent(
                ownership.cluster(),
                (_, it) -> new Registered(it.ref(), it.name(), it.state(), it.createdAt(), health));
        return CompletableFuture.completedStage(Appended.DURABLE);
    }

    @Override
    public synchronized CompletionStage<Boolean> offer(
            ClusterRef cluster, String name, byte[] tokenDigest, Instant expiresAt) {
        var taken =
                clusters.values().stream()
                        .filter(it -> it.ref().tenant().equals(cluster.tenant()))
                        .anyMatch(it -> it.ref().equals(cluster) || it.name().equals(name));
        if (!taken) {
            clusters.put(
                    cluster,
                    new Registered(
                            cluster, name, "INVITED", Instant.EPOCH, Health.NEVER_CONNECTED));
            offers.put(HexFormat.of().formatHex(tokenDigest), new Offer(cluster, expiresAt));
        }
        return CompletableFuture.completedStage(!taken);
    }

    @Override
    public synchronized CompletionStage<Optional<ClusterRef>> redeem(
            byte[] tokenDigest, Instant now) {
        return CompletableFuture.completedStage(
                Optional.ofNullable(offers.remove(HexFormat.of().formatHex(tokenDigest)))
                        .filter(offer -> offer.expiresAt().isAfter(now))
                        .map(Offer::cluster)
                        .filter(this::isLive));
    }

    @Override
    public synchronized CompletionStage<Boolean> issued(
            ClusterRef cluster, String serial, Instant notBefore, Instant notAfter) {
        var live = isLive(cluster);
        if (live) {
            clusters.computeIfPresent(cluster, (_, it) -> in("ACTIVE", it));
            certificates.add(cluster + "#" + serial);
        }
        return CompletableFuture.completedStage(live);
    }

    @Override
    public synchronized CompletionStage<Boolean> isValid(ClusterRef cluster, String serial) {
        return CompletableFuture.completedStage(
                isLive(cluster) && certificates.contains(cluster + "#" + serial));
    }

    private boolean isLive(ClusterRef cluster) {
        var it = clusters.get(cluster);
        return it != null && !it.state().equals("REVOKED");
    }

    private static Registered in(String state, Registered it) {
        return new Registered(it.ref(), it.name(), state, it.createdAt(), it.health());
    }
}
