package dev.kestrel.quality.simulation;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.engine.EngineConfig;
import dev.kestrel.engine.EngineMetrics;
import dev.kestrel.engine.EngineVerticle;
import dev.kestrel.engine.pool.ReasoningPool;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.TokenBucket;
import dev.kestrel.gateway.session.ControlStream;
import dev.kestrel.gateway.session.Newest;
import dev.kestrel.gateway.session.Surroundings;
import dev.kestrel.gateway.session.TelemetryStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One node of the cloud: gateway and engine on a virtual Vert.x, and the streams that end here. */
final class CloudNode {
    /** Inputs of a cluster that may wait for the journal: few, so that the limit is met. */
    static final int QUEUE = 40;

    /** Entries of a cluster that may wait for the reasoning before acknowledgements do. */
    private static final int BACKLOG = 8;

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final GatewayConfig GATEWAY =
            GatewayConfig.of(
                    Map.of(
                            "credit-batches",
                            "4",
                            "heartbeat",
                            "2s",
                            "silence",
                            Stream.SILENCE.toSeconds() + "s",
                            "drain",
                            DRAIN.toSeconds() + "s"));

    private final VirtualNode process;
    private final VirtualBus network;
    private final Bus bus;
    private final Surroundings around;
    private final EngineVerticle engine;
    private final List<Stream<?, ?>> streams = new ArrayList<>();
    private final List<TelemetryStream> telemetry = new ArrayList<>();

    CloudNode(
            VirtualNode process,
            VirtualBus network,
            VirtualStore store,
            Thinking thinking,
            Timeline timeline) {
        this.process = process;
        this.network = network;
        var vertx = VirtualVertx.of(process, network);
        var clock = process.clock();
        var ports = store.of(process);
        bus = Bus.on(vertx, ports.owners());
        around =
                new Surroundings(
                        vertx,
                        bus,
                        Stand.in(Enrolments.class, Stand.NOTHING),
                        process.name(),
                        GATEWAY,
                        clock,
                        timeline.random(),
                        new GatewayMetrics(new SimpleMeterRegistry()),
                        buckets(GATEWAY.signalsPerSecond(), GATEWAY.signalsBurst(), timeline),
                        buckets(GATEWAY.bytesPerSecond(), GATEWAY.bytesBurst(), timeline),
                        new Newest(),
                        new Newest());
        var config =
                new EngineConfig(process.name(), Duration.ofMillis(200), LEASE, 10, QUEUE, BACKLOG);
        bus.onFact(Topics.OWNER_DROPPED, this::onDropped);
        engine =
                new EngineVerticle(
                        config,
                        ports,
                        thinking,
                        bus,
                        clock,
                        new ReasoningPool(turn -> think(timeline, turn), 1),
                        new EngineMetrics(new SimpleMeterRegistry(), () -> 0));
        engine.init(vertx, VirtualVertx.context(process));
        try {
            engine.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A turn of the reasoning takes its time, in which the node may die or go on taking in. */
    private void think(Timeline timeline, Runnable turn) {
        process.after(timeline.between(0, 20), turn);
    }

    /** As the gateway does. */
    private void onDropped(Topics.OwnerDropped gone) {
        if (gone.node().equals(name())) {
            around.telemetry().leave(gone.cluster());
            around.control().leave(gone.cluster());
        }
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

    /** The bus as this node reaches it. */
    Bus bus() {
        return bus;
    }

    /** The gateway's end of a new telemetry stream. */
    GatewayEnd telemetry(ClusterRef cluster, Stream<?, ?> stream) {
        return new GatewayEnd(
                "kestrel.operator.v1.Telemetry/Stream",
                around,
                cluster,
                (held, call) -> telemetry.add(TelemetryStream.serve(around, held, call)),
                stream::down,
                stream::end);
    }

    /** The gateway's end of a new control stream. */
    GatewayEnd control(ClusterRef cluster, Stream<?, ?> stream) {
        return new GatewayEnd(
                "kestrel.operator.v1.Control/Stream",
                around,
                cluster,
                (held, call) -> ControlStream.serve(around, held, call),
                stream::down,
                stream::end);
    }

    void add(Stream<?, ?> stream) {
        streams.add(stream);
    }

    /** Asks its operators to leave, gives its clusters back, and ends. */
    void drain() {
        telemetry.forEach(TelemetryStream::drain);
        process.after(
                DRAIN,
                () -> {
                    try {
                        engine.stop().onComplete(_ -> kill());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Dies at once; the operators notice their broken streams. */
    void kill() {
        process.kill();
        network.forget(process);
        streams.forEach(Stream::lost);
    }
}
