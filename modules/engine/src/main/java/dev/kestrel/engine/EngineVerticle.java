package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Owns the clusters whose streams end on this node, and those that nobody else owns. */
public final class EngineVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(EngineVerticle.class);
    private static final int ORPHANS_AT_ONCE = 16;

    private final EngineConfig config;
    private final Ports ports;
    private final Bus bus;
    private final InstantSource clock;
    private final Restorer restorer;
    private final Map<ClusterRef, Future<Owned>> clusters = new TreeMap<>();

    /** An owner and what it serves on the bus. */
    private record Owned(ClusterOwner owner, List<Bus.Registration> served) {}

    public EngineVerticle(
            EngineConfig config, Ports ports, Thinking thinking, Bus bus, InstantSource clock) {
        this.config = config;
        this.ports = ports;
        this.bus = bus;
        this.clock = clock;
        restorer = new Restorer(ports.journal(), ports.codec(), thinking);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(config.tick().toMillis(), ignored -> tick());
        vertx.setPeriodic(config.lease().toMillis() / 3, ignored -> renew());
        adopt();
        return bus.serve(Topics.STREAM_OPENED, config.node(), this::onStreamOpened);
    }

    private Future<Topics.ClusterOwned> onStreamOpened(Topics.StreamOpened opened) {
        return owned(opened.cluster()).compose(owned -> owned.owner().onStreamOpened(opened));
    }

    /** The owner on this node, claimed if it is not here yet; one claim at a time. */
    private Future<Owned> owned(ClusterRef cluster) {
        var known = clusters.get(cluster);
        if (known != null
                && !known.failed()
                && !(known.succeeded() && known.result().owner().isStopped())) {
            return known;
        }
        var claimed = release(cluster).compose(ignored -> claim(cluster));
        clusters.put(cluster, claimed);
        return claimed;
    }

    private Future<Owned> claim(ClusterRef cluster) {
        return Future.fromCompletionStage(
                        ports.owners()
                                .claim(cluster, config.node(), clock.instant(), config.lease()))
                .compose(
                        ownership ->
                                restorer.restore(cluster)
                                        .map(
                                                restored ->
                                                        new ClusterOwner(
                                                                ownership, config, ports, bus,
                                                                restored, clock)))
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
                        bus.serve(Topics.STREAM_CLOSED, key, owner::onStreamClosed),
                        bus.serve(Topics.COMMAND_ENDED, key, owner::onCommandEnded),
                        bus.serve(Topics.WORD_GIVEN, key, owner::onWord));
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
    private void tick() {
        var now = clock.instant();
        List.copyOf(clusters.values()).stream()
                .filter(Future::succeeded)
                .map(one -> one.result().owner())
                .filter(ClusterOwner::isStopped)
                .forEach(this::drop);
        eachOwned(owned -> owned.owner().tick(now));
    }

    private void renew() {
        eachOwned(
                owned ->
                        Future.fromCompletionStage(
                                        ports.owners()
                                                .renew(
                                                        owned.owner().ownership(),
                                                        clock.instant(),
                                                        config.lease()))
                                .onSuccess(
                                        renewed -> {
                                            if (renewed.isEmpty()) {
                                                drop(owned.owner());
                                            }
                                        }));
        adopt();
    }

    /** Unless the cluster was claimed anew in the meantime. */
    private void drop(ClusterOwner owner) {
        var known = clusters.get(owner.ownership().cluster());
        if (known != null && known.succeeded() && known.result().owner() == owner) {
            LOG.atInfo().addKeyValue("ownership", owner.ownership()).log("owner dropped");
            release(owner.ownership().cluster());
        }
    }

    /**
     * A cluster whose stream is gone keeps an owner: its timers go on, and its silence is an
     * incident.
     */
    private void adopt() {
        Instant now = clock.instant();
        Future.fromCompletionStage(ports.owners().orphans(now, ORPHANS_AT_ONCE))
                .onSuccess(orphans -> orphans.forEach(this::owned))
                .onFailure(
                        failure ->
                                LOG.atWarn()
                                        .setCause(failure)
                                        .log("clusters without an owner cannot be listed"));
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
    @Override
    public Future<?> stop() {
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
        return Future.join(ending).otherwiseEmpty();
    }
}
