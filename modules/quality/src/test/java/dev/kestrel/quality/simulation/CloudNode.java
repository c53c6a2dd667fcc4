package dev.kestrel.quality.simulation;

import dev.kestrel.bus.Bus;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.engine.EngineConfig;
import dev.kestrel.engine.EngineMetrics;
import dev.kestrel.engine.EngineVerticle;
import dev.kestrel.engine.pool.ReasoningPool;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.TokenBucket;
import dev.kestrel.gateway.session.Newest;
import dev.kestrel.gateway.session.Surroundings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One node of the cloud: gateway and engine on a virtual Vert.x, and the streams that end here. */
final class CloudNode {
    private static final GatewayConfig GATEWAY = GatewayConfig.of(Map.of("credit-batches", "4"));

    private final VirtualNode process;
    private final VirtualBus network;
    private final Surroundings around;
    private final List<Stream> streams = new ArrayList<>();

    CloudNode(VirtualNode process, VirtualBus network, VirtualStore store, Timeline timeline) {
        this.process = process;
        this.network = network;
        var vertx = VirtualVertx.of(process, network);
        var ports = store.of(process);
        var bus = Bus.on(vertx, ports.owners());
        around =
                new Surroundings(
                        vertx,
                        bus,
                        Stand.in(Enrolments.class, Stand.NOTHING),
                        process.name(),
                        GATEWAY,
                        timeline,
                        timeline.random(),
                        new GatewayMetrics(new SimpleMeterRegistry()),
                        buckets(GATEWAY.signalsPerSecond(), GATEWAY.signalsBurst(), timeline),
                        buckets(GATEWAY.bytesPerSecond(), GATEWAY.bytesBurst(), timeline),
                        new Newest(),
                        new Newest());
        var config =
                new EngineConfig(
                        process.name(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(15),
                        10,
                        1_000,
                        64);
        var engine =
                new EngineVerticle(
                        config,
                        ports,
                        Simulation.THINKING,
                        bus,
                        timeline,
                        new ReasoningPool(turn -> think(process, timeline, turn), 1),
                        new EngineMetrics(new SimpleMeterRegistry(), () -> 0));
        engine.init(vertx, VirtualVertx.context(process));
        try {
            engine.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A turn of the reasoning takes its time, in which the node may die or go on taking in. */
    private static void think(VirtualNode process, Timeline timeline, Runnable turn) {
        process.after(timeline.between(0, 20), turn);
    }

    private static Buckets<ClusterRef> buckets(int perSecond, int burst, Timeline timeline) {
        return new Buckets<>(8, () -> new TokenBucket(perSecond, burst, timeline.instant()));
    }

    String name() {
        return process.name();
    }

    VirtualNode process() {
        return process;
    }

    /** What a stream that ends here needs. */
    Surroundings around() {
        return around;
    }

    void add(Stream stream) {
        streams.add(stream);
    }

    /** Dies at once; the operators notice their broken streams. */
    void kill() {
        process.kill();
        network.forget(process);
        streams.forEach(Stream::lost);
    }
}
