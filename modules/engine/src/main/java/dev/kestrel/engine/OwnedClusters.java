package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The clusters that this node owns: claimed, served on the bus, dropped and given back. */
final class OwnedClusters {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedClusters.class);

    private final EngineConfig config;
    private final Ports ports;
    private final Function<Ownership, Future<ClusterOwner>> restored;
    private final Bus bus;
    private final InstantSource clock;
    private final Map<ClusterRef, Future<Owned>> clusters = new TreeMap<>();

    /**
     * @param restored the owner of a cluster that was just claimed, with its reasoning where the
     *     one before left it
     */
    OwnedClusters(
            EngineConfig config,
            Ports ports,
            Function<Ownership, Future<ClusterOwner>> restored,
            Bus bus,
            InstantSource clock) {
        this.config = config;
        this.ports = ports;
        this.restored = restored;
        this.bus = bus;
        this.clock = clock;
    }

    /** An owner and what it serves on the bus. */
    private record Owned(ClusterOwner owner, List<Bus.Registration> served) {}

    /** The owner on this node, claimed if it is not here yet; one claim at a time. */
    Future<ClusterOwner> owner(ClusterRef cluster) {
        var known = clusters.get(cluster);
        return known != null && isAlive(known)
                ? known.map(Owned::owner)
                : begin(
                        cluster,
                        () ->
                                ports.owners()
                                        .claim(
                                                cluster,
                                                config.node(),
                                                clock.instant(),
                                                config.lease()));
    }

    /** Takes a cluster over that has no owner, unless it has one by then. */
    void adopt(ClusterRef cluster) {
        var known = clusters.get(cluster);
        if (known == null || !isAlive(known)) {
            begin(
                    cluster,
                    () ->
                            ports.owners()
                                    .adopt(cluster, config.node(), clock.instant(), config.lease())
                                    .thenApply(
                                            adopted ->
                                                    adopted.orElseThrow(
                                                            () ->
                                                                    new IllegalStateException(
                                                                            "another node was"
                                                                                    + " faster"))));
        }
    }

    private static boolean isAlive(Future<Owned> owned) {
        return !owned.failed() && !(owned.succeeded() && owned.result().owner().isStopped());
    }

    private Future<ClusterOwner> begin(
            ClusterRef cluster, Supplier<CompletionStage<Ownership>> claim) {
        var claimed = release(cluster).compose(ignored -> claim(cluster, claim.get()));
        clusters.put(cluster, claimed);
        return claimed.map(Owned::owner);
    }

    /** The owner on this node, or the one that is just coming; empty when it is elsewhere. */
    Future<Optional<ClusterOwner>> present(ClusterRef cluster) {
        var known = clusters.get(cluster);
        return known == null
                ? Future.succeededFuture(Optional.empty())
                : known.map(owned -> Optional.of(owned.owner())).otherwise(Optional.empty());
    }

    private Future<Owned> claim(ClusterRef cluster, CompletionStage<Ownership> claim) {
        return Future.fromCompletionStage(claim)
                .onSuccess(
                        ownership ->
                                bus.tell(
                                        Topics.OWNER_CLAIMED,
                                        new Topics.OwnerClaimed(
                                                cluster, config.node(), ownership.epoch())))
                .compose(restored)
                .compose(owner -> owner.noteLostStream().map(owner))
                .compose(this::serve)
                .onSuccess(
                        owned ->
                                LOG.atInfo()
                                        .addKeyValue("cluster", cluster)
                                        .addKeyValue("epoch", owned.owner().ownership().epoch())
                                        .log("cluster claimed"));
    }

    private Future<Owned> serve(ClusterOwner owner) {
        var key = owner.ownership().cluster().toString();
        var served =
                List.of(
                        bus.serve(Topics.BATCH_RECEIVED, key, owner::onBatch),
                        bus.serve(Topics.STREAM_CLOSED, key, owner::onStreamClosed));
        return Future.all(served)
                .map(ignored -> new Owned(owner, served.stream().map(Future::result).toList()));
    }

    private Future<Void> release(ClusterRef cluster) {
        var known = clusters.remove(cluster);
        return known == null || !known.succeeded()
                ? Future.succeededFuture()
                : unserve(known.result());
    }

    private static Future<Void> unserve(Owned owned) {
        owned.owner().stop();
        return Future.all(owned.served().stream().map(Bus.Registration::end).toList()).mapEmpty();
    }

    /** A stopped owner is dropped: on the bus it would answer in the place of the one after it. */
    void dropStopped() {
        List.copyOf(clusters.values()).stream()
                .filter(Future::succeeded)
                .map(one -> one.result().owner())
                .filter(ClusterOwner::isStopped)
                .forEach(this::drop);
    }

    /** Whoever claims says so, so that the owner before need not find out by a refused write. */
    void onClaimed(Topics.OwnerClaimed claimed) {
        var known = clusters.get(claimed.cluster());
        if (known != null
                && known.succeeded()
                && known.result().owner().ownership().epoch() < claimed.epoch()) {
            drop(known.result().owner());
        }
    }

    /** Unless the cluster was claimed anew in the meantime. */
    void drop(ClusterOwner owner) {
        var cluster = owner.ownership().cluster();
        var known = clusters.get(cluster);
        if (known != null && known.succeeded() && known.result().owner() == owner) {
            LOG.atInfo().addKeyValue("ownership", owner.ownership()).log("owner dropped");
            release(cluster);
            bus.tell(Topics.OWNER_DROPPED, new Topics.OwnerDropped(cluster, config.node()));
        }
    }

    void each(Consumer<ClusterOwner> action) {
        eachOwned(owned -> action.accept(owned.owner()));
    }

    private void eachOwned(Consumer<Owned> action) {
        for (var one : List.copyOf(clusters.values())) {
            if (one.succeeded() && !one.result().owner().isStopped()) {
                action.accept(one.result());
            }
        }
    }

    /**
     * Saves what was concluded and gives the clusters back, so that another node need not replay
     * much.
     */
    Future<Void> giveBack() {
        var ending = new ArrayList<Future<?>>();
        eachOwned(
                owned ->
                        ending.add(
                                owned.owner()
                                        .checkpoint()
                                        .eventually(() -> unserve(owned))
                                        .eventually(
                                                () ->
                                                        Future.fromCompletionStage(
                                                                ports.owners()
                                                                        .release(
                                                                                owned.owner()
                                                                                        .ownership())))));
        return Future.join(ending).otherwiseEmpty().mapEmpty();
    }
}
