package dev.kestrel.engine;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.Batch;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.signal.SignalCodec;
import dev.kestrel.engine.pool.HeldExecutor;
import dev.kestrel.engine.pool.ReasoningPool;
import dev.kestrel.testkit.Awaited;
import dev.kestrel.testkit.access.InMemoryClusters;
import dev.kestrel.testkit.incident.InMemoryIncidentArchive;
import dev.kestrel.testkit.signal.InMemoryJournal;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The engine of one node between a journal and a bus, whose reasoning can be held. */
final class EngineRig implements AutoCloseable {
    static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    static final ClusterRef PROD = new ClusterRef("acme", "prod");
    static final int QUEUE = 8;
    static final int BACKLOG = 3;

    private final Vertx vertx = Vertx.vertx();
    final InMemoryOwners owners = new InMemoryOwners();
    final Bus bus = Bus.on(vertx, owners);
    final InMemoryJournal journal = new InMemoryJournal(owners);
    private final Ports ports =
            new Ports(
                    journal,
                    owners,
                    new InMemoryIncidentArchive(owners),
                    new InMemoryClusters(owners),
                    new JsonBatches());
    final HeldExecutor reasoning = new HeldExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile Instant now = T0;
    private String deployment = "";

    EngineRig() {
        start();
    }

    /** The node comes up, or comes up again. */
    void start() {
        var config =
                new EngineConfig(
                        "node-1",
                        Duration.ofMillis(10),
                        Duration.ofSeconds(15),
                        500,
                        QUEUE,
                        BACKLOG);
        deployment =
                await(
                        vertx.deployVerticle(
                                new EngineVerticle(
                                        config,
                                        ports,
                                        Thinking.with(CausalModel.EMPTY),
                                        bus,
                                        () -> now,
                                        new ReasoningPool(reasoning, 1),
                                        new EngineMetrics(meters, () -> 0))));
    }

    void stop() {
        await(vertx.undeploy(deployment));
    }

    /** The node's clock shows another time. */
    void clock(Instant shown) {
        now = shown;
    }

    @Override
    public void close() {
        reasoning.release();
        await(vertx.close());
    }

    /** What was sent before is at the owner: all of it comes to one event loop, in order. */
    void allArrived() {
        send("boot-a", 1);
    }

    double counted(String counter) {
        return meters.get(counter).counter().count();
    }

    double held() {
        return meters.get("kestrel_reasoning_backlog").gauge().value();
    }

    Topics.ClusterOwned open(String stream, String boot) {
        var opened =
                new Topics.StreamOpened(
                        "node-1", PROD, stream, boot, 1, "0.1", "v1.36.3", false, List.of(),
                        List.of(), T0);
        return await(bus.ask(Topics.STREAM_OPENED, opened)).orElseThrow();
    }

    Topics.BatchTaken send(String boot, long sequence) {
        return await(sent(boot, sequence));
    }

    Future<Topics.BatchTaken> sent(String boot, long sequence) {
        var line = new Observation.SnapshotBegun("Pod");
        var batch = new Batch(boot, sequence, List.of(new Signal(T0.plusSeconds(sequence), line)));
        var received =
                new Topics.BatchReceived(
                        PROD,
                        "s1",
                        T0.plusSeconds(sequence),
                        boot,
                        sequence,
                        new JsonBatches().encode(batch));
        return bus.ask(Topics.BATCH_RECEIVED, received)
                .map(taken -> taken.orElse(new Topics.BatchTaken(false, 0)));
    }

    static <T> T await(Future<T> future) {
        return Awaited.await(future.toCompletionStage());
    }

    static <T> T await(CompletionStage<T> stage) {
        return Awaited.await(stage);
    }

    /**
     * The journal does not care how batches are written; the wire's own codec is tested where it
     * lives.
     */
    private static final class JsonBatches implements SignalCodec {
        @Override
        public byte[] encode(Batch batch) {
            return SealedJson.write(batch);
        }

        @Override
        public Batch decode(byte[] bytes) {
            return SealedJson.read(bytes, Batch.class);
        }
    }
}
