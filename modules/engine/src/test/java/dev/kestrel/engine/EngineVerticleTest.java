package dev.kestrel.engine;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.SealedJson;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.remediation.Word;
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
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

class EngineVerticleTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final ClusterRef PROD = new ClusterRef("acme", "prod");
    private static final int QUEUE = 8;
    private static final int BACKLOG = 3;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryOwners owners = new InMemoryOwners();
    private final Bus bus = Bus.on(vertx, owners);
    private final InMemoryJournal journal = new InMemoryJournal(owners);
    private final Ports ports =
            new Ports(
                    journal,
                    owners,
                    new InMemoryIncidentArchive(owners),
                    new InMemoryClusters(owners),
                    new JsonBatches());
    private final HeldExecutor reasoning = new HeldExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String deployment = "";

    @BeforeEach
    void start() {
        deployment = deploy(500);
    }

    @AfterEach
    void end() {
        reasoning.release();
        await(vertx.close());
    }

    @Test
    void aStreamThatOpensIsOwnedByThisNode() {
        assertThat(open("s1", "boot-a")).isEqualTo(new Topics.ClusterOwned(true, 0, ""));
    }

    @Test
    void aBatchIsTakenOnceItIsInTheJournal() {
        open("s1", "boot-a");
        assertThat(send("boot-a", 1)).isEqualTo(new Topics.BatchTaken(true, 1));
        assertThat(await(journal.read(PROD, 0, 10))).hasSize(2);
    }

    @Test
    void aBatchSentTwiceIsJournalledOnceAndAcknowledgedTwice() {
        open("s1", "boot-a");
        send("boot-a", 1);
        assertThat(send("boot-a", 1)).isEqualTo(new Topics.BatchTaken(true, 1));
        assertThat(await(journal.read(PROD, 0, 10))).hasSize(2);
    }

    @Test
    void aBatchOfAnotherBootThanTheStreamIsRefused() {
        open("s1", "boot-a");
        assertThat(send("boot-b", 1).durable()).isFalse();
    }

    @Test
    void aBatchThatLeavesAGapIsRefused() {
        open("s1", "boot-a");
        send("boot-a", 1);
        assertThat(send("boot-a", 3)).isEqualTo(new Topics.BatchTaken(false, 1));
    }

    @Test
    void anOwnerThatComesBackKnowsWhatIsDurable() {
        open("s1", "boot-a");
        send("boot-a", 1);
        send("boot-a", 2);
        await(vertx.undeploy(deployment));
        deployment = deploy(500);
        assertThat(open("s2", "boot-a").resumeAfter()).isEqualTo(2);
    }

    @Test
    void anOwnerThatWasKilledIsReplacedFromTheJournalAlone() {
        open("s1", "boot-a");
        send("boot-a", 1);
        send("boot-a", 2);
        send("boot-a", 3);
        var other = await(owners.claim(PROD, "node-2", T0, Duration.ofSeconds(15)));
        assertThat(send("boot-a", 4).durable()).isFalse();
        assertThat(await(owners.release(other))).isTrue();
        assertThat(open("s2", "boot-a").resumeAfter()).isEqualTo(3);
    }

    @Test
    void aBatchIsTakenBeforeItIsReasonedAbout() {
        open("s1", "boot-a");
        reasoning.hold();

        assertThat(send("boot-a", 1).durable()).isTrue();
        assertThat(counted("kestrel_journal_entries_concluded")).isEqualTo(1);
        reasoning.release();
        allArrived();
        assertThat(counted("kestrel_journal_entries_concluded")).isEqualTo(2);
    }

    @Test
    void whatIsNotReasonedAboutHoldsAnswersBackPastItsLimit() {
        open("s1", "boot-a");
        reasoning.hold();
        for (int sequence = 1; sequence <= BACKLOG; sequence++) {
            assertThat(send("boot-a", sequence).durable()).isTrue();
        }
        assertThat(counted("kestrel_limit_hit")).isZero();

        var held = sent("boot-a", BACKLOG + 1);

        allArrived();
        assertThat(counted("kestrel_limit_hit")).isEqualTo(1);
        assertThat(await(journal.read(PROD, 0, 10))).hasSize(BACKLOG + 2);
        assertThat(held.isComplete()).isFalse();
        reasoning.runOne();
        assertThat(await(held)).isEqualTo(new Topics.BatchTaken(true, BACKLOG + 1));
    }

    @Test
    void soManyInputsAreHeldAndTheNextOneIsRefused() {
        open("s1", "boot-a");
        reasoning.hold();
        for (int sequence = 1; sequence <= QUEUE; sequence++) {
            sent("boot-a", sequence);
        }
        allArrived();
        assertThat(held()).isEqualTo(QUEUE);

        var refused = sent("boot-a", QUEUE + 1).map(false).otherwise(true);

        assertThat(await(refused)).isTrue();
    }

    @Test
    void whoTakesOverReasonsAboutWhatWasOnlyDurable() {
        open("s1", "boot-a");
        reasoning.hold();
        send("boot-a", 1);
        send("boot-a", 2);
        var other = await(owners.claim(PROD, "node-2", T0, Duration.ofSeconds(15)));
        assertThat(send("boot-a", 3).durable()).isFalse();
        await(owners.release(other));
        reasoning.release();

        assertThat(open("s2", "boot-a").resumeAfter()).isEqualTo(2);
        assertThat(counted("kestrel_journal_entries_concluded")).isLessThan(4);
    }

    @Test
    void aWordAboutAnUnknownIncidentIsAnswered() {
        open("s1", "boot-a");
        var ann = new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
        var taken =
                await(
                                bus.ask(
                                        Topics.WORD_GIVEN,
                                        new Topics.WordGiven(
                                                PROD, "prod-9", new Word.Acknowledge(ann), T0)))
                        .orElseThrow();
        assertThat(taken.taken()).isFalse();
        assertThat(taken.refusal()).startsWith("NO_SUCH_INCIDENT");
    }

    @Test
    void aWordComesToAnOwnerThatHasMovedAndIsToBeSaidAgain() {
        open("s1", "boot-a");
        await(owners.claim(PROD, "node-1", T0, Duration.ofSeconds(15)));
        var dropped = Promise.<Topics.OwnerDropped>promise();
        bus.onFact(Topics.OWNER_DROPPED, dropped::tryComplete);
        bus.tell(Topics.OWNER_CLAIMED, new Topics.OwnerClaimed(PROD, "node-2", 2));
        assertThat(await(dropped.future())).isEqualTo(new Topics.OwnerDropped(PROD, "node-1"));

        var ann = new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
        var word = new Topics.WordGiven(PROD, "prod-9", new Word.Acknowledge(ann), T0);
        assertThat(await(bus.ask(Topics.WORD_GIVEN, word)).orElseThrow().refusal())
                .startsWith("OWNER_CHANGED");
    }

    /** What was sent before is at the owner: all of it comes to one event loop, in order. */
    private void allArrived() {
        send("boot-a", 1);
    }

    private double counted(String counter) {
        return meters.get(counter).counter().count();
    }

    private double held() {
        return meters.get("kestrel_reasoning_backlog").gauge().value();
    }

    private String deploy(int checkpointEvery) {
        var config =
                new EngineConfig(
                        "node-1",
                        Duration.ofMillis(10),
                        Duration.ofSeconds(15),
                        checkpointEvery,
                        QUEUE,
                        BACKLOG);
        return await(
                vertx.deployVerticle(
                        new EngineVerticle(
                                config,
                                ports,
                                Thinking.with(CausalModel.EMPTY),
                                bus,
                                () -> T0,
                                new ReasoningPool(reasoning, 1),
                                new EngineMetrics(meters, () -> 0))));
    }

    private Topics.ClusterOwned open(String stream, String boot) {
        var opened =
                new Topics.StreamOpened(
                        "node-1", PROD, stream, boot, 1, "0.1", "v1.36.3", false, List.of(),
                        List.of(), T0);
        return await(bus.ask(Topics.STREAM_OPENED, opened)).orElseThrow();
    }

    private Topics.BatchTaken send(String boot, long sequence) {
        return await(sent(boot, sequence));
    }

    private Future<Topics.BatchTaken> sent(String boot, long sequence) {
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

    private static <T> T await(Future<T> future) {
        return Awaited.await(future.toCompletionStage());
    }

    private static <T> T await(CompletionStage<T> stage) {
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
