package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.engine.pool.ReasoningPool;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Owns the clusters whose streams end on this node, and those that nobody else owns. */
public final class EngineVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(EngineVerticle.class);
    private static final int ORPHANS_AT_ONCE = 16;

    private final EngineConfig config;
    private final Ports ports;
    private final Bus bus;
    private final InstantSource clock;
    private final ReasoningPool pool;
    private final EngineMetrics metrics;
    private final Restorer restorer;
    private final OwnedClusters clusters;
    private final List<Bus.Registration> facts = new ArrayList<>();

    /**
     * @param pool that the clusters reason on
     */
    public EngineVerticle(
            EngineConfig config,
            Ports ports,
            Thinking thinking,
            Bus bus,
            InstantSource clock,
            ReasoningPool pool,
            EngineMetrics metrics) {
        this.config = config;
        this.ports = ports;
        this.bus = bus;
        this.clock = clock;
        this.pool = pool;
        this.metrics = metrics;
        restorer = new Restorer(ports.journal(), ports.codec(), thinking);
        clusters = new OwnedClusters(config, ports, this::restored, bus, clock);
    }

    private Future<ClusterOwner> restored(Ownership claimed) {
        var cluster = claimed.cluster();
        var lane = pool.lane(cluster, work -> context.runOnContext(go -> work.run()));
        return restorer.restore(cluster, lane)
                .map(
                        restored ->
                                new ClusterOwner(
                                        claimed, config, ports, bus, restored, clock, metrics));
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(config.tick().toMillis(), ignored -> tick());
        vertx.setPeriodic(config.lease().toMillis() / 3, ignored -> renew());
        adopt();
        facts.add(bus.onFact(Topics.OWNER_CLAIMED, clusters::onClaimed));
        return Future.all(
                bus.serve(Topics.STREAM_OPENED, config.node(), this::onStreamOpened),
                bus.serve(Topics.COMMAND_ENDED, config.node(), this::onCommandEnded),
                bus.serve(Topics.WORD_GIVEN, config.node(), this::onWord));
    }

    private Future<Topics.ClusterOwned> onStreamOpened(Topics.StreamOpened opened) {
        return clusters.owner(opened.cluster()).compose(owner -> owner.onStreamOpened(opened));
    }

    private Future<Topics.Noted> onCommandEnded(Topics.CommandEnded ended) {
        return clusters.present(ended.cluster())
                .compose(
                        owner ->
                                owner.map(one -> one.onCommandEnded(ended))
                                        .orElse(Future.succeededFuture(new Topics.Noted(false))));
    }

    private Future<Topics.WordTaken> onWord(Topics.WordGiven given) {
        return clusters.present(given.cluster())
                .compose(
                        owner ->
                                owner.map(one -> one.onWord(given))
                                        .orElse(Future.succeededFuture(ClusterOwner.MOVING)));
    }

    private void tick() {
        var now = clock.instant();
        clusters.dropStopped();
        clusters.each(owner -> owner.tick(now));
    }

    private void renew() {
        clusters.each(
                owner ->
                        Future.fromCompletionStage(
                                        ports.owners()
                                                .renew(
                                                        owner.ownership(),
                                                        clock.instant(),
                                                        config.lease()))
                                .onSuccess(
                                        renewed -> {
                                            if (renewed.isEmpty()) {
                                                clusters.drop(owner);
                                            }
                                        }));
        adopt();
    }

    /**
     * A cluster whose stream is gone keeps an owner: its timers go on, and its silence is an
     * incident.
     */
    private void adopt() {
        Future.fromCompletionStage(ports.owners().orphans(clock.instant(), ORPHANS_AT_ONCE))
                .onSuccess(orphans -> orphans.forEach(clusters::adopt))
                .onFailure(
                        failure ->
                                LOG.atWarn()
                                        .setCause(failure)
                                        .log("clusters without an owner cannot be listed"));
    }

    @Override
    public Future<?> stop() {
        facts.forEach(Bus.Registration::end);
        return clusters.giveBack();
    }
}
