package dev.kestrel.operator.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.Eventually;
import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.protocol.wire.v1.Credit;
import dev.kestrel.protocol.wire.v1.Drain;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.TelemetryDown;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

final class LinkTest {
    private static final LinkTimes QUICK =
            new LinkTimes(
                    Duration.ofMillis(50),
                    Duration.ofMillis(400),
                    Duration.ofMillis(20),
                    Duration.ofMillis(100));

    private final Vertx vertx = Vertx.vertx();
    private final TestCloud cloud = new TestCloud(vertx);
    private final List<String> snapshots = new CopyOnWriteArrayList<>();
    private final Outbox outbox = new Outbox(SpoolLimits.DEFAULT, InstantSource.system());
    private Link link;

    @BeforeEach
    void join() throws Exception {
        link = link(at(cloud.streamPort()));
    }

    private Link link(SocketAddress... addresses) throws Exception {
        var client = new CloudClient(vertx, List.of(addresses), enrol());
        return new Link(
                new StreamSetting(
                        vertx,
                        vertx.getOrCreateContext(),
                        client,
                        QUICK,
                        InstantSource.system(),
                        new Random(1)),
                new Introduction("boot-1", "test", "v1.36.3", false, List.of(), List.of()),
                outbox,
                Duration.ofMillis(20),
                (command, answer) -> {},
                snapshots::add);
    }

    @AfterEach
    void close() throws Exception {
        link.stop().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        cloud.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsSeenArrivesInOrderAndIsForgottenWhenDurable() {
        say(120);
        link.start();

        await(() -> lines().size() == 120);
        assertThat(lines()).isEqualTo(texts(0, 120));
        assertThat(cloud.batches).extracting(SignalBatch::getSequence).startsWith(1L, 2L, 3L);
        await(() -> outbox.size() == 0);
    }

    @Test
    void afterADisconnectItGoesOnWhereTheCloudSays() {
        cloud.acknowledging = false;
        link.start();
        say(60);
        await(() -> cloud.batches.size() == 2);
        // The first batch became durable, the second did not, and the answer never arrived.
        cloud.resumeAfter = 1;
        cloud.acknowledging = true;
        cloud.telemetry.getFirst().connection().close();

        await(() -> cloud.batches.size() >= 3);
        assertThat(cloud.batches.get(2)).isEqualTo(cloud.batches.get(1));
        assertThat(cloud.hellos.getLast().getFirstHeldSequence()).isEqualTo(1);
        await(() -> outbox.size() == 0);
        assertThat(snapshots).isEmpty();
    }

    @Test
    void aNewOwnerThatKnowsNothingGetsAFreshSnapshot() {
        link.start();
        say(10);
        await(() -> outbox.size() == 0 && cloud.batches.size() == 1);
        cloud.remembering = false;
        cloud.telemetry.getFirst().connection().close();

        await(() -> snapshots.size() == 1);
        assertThat(snapshots).containsExactly("");
    }

    @Test
    void noMoreThanTheCreditIsUnacknowledged() {
        cloud.acknowledging = false;
        cloud.credit = 2;
        say(300);
        link.start();

        await(() -> cloud.batches.size() == 2);
        TestCloud.acknowledge(cloud.telemetry.getFirst(), 1);
        await(() -> cloud.batches.size() == 3);
        cloud.telemetry
                .getFirst()
                .response()
                .write(
                        TelemetryDown.newBuilder()
                                .setCredit(Credit.newBuilder().setBatches(4))
                                .build());
        await(() -> cloud.batches.size() == 5);
        assertThat(cloud.batches).hasSize(5);
    }

    @Test
    void anAcknowledgementThatComesTwiceChangesNothing() {
        cloud.acknowledging = false;
        say(60);
        link.start();
        await(() -> cloud.batches.size() == 2);
        TestCloud.acknowledge(cloud.telemetry.getFirst(), 1);
        TestCloud.acknowledge(cloud.telemetry.getFirst(), 1);
        TestCloud.acknowledge(cloud.telemetry.getFirst(), 99);
        TestCloud.acknowledge(cloud.telemetry.getFirst(), 2);

        await(() -> outbox.size() == 0);
    }

    @Test
    void aBatchThatTheCloudDoesNotTakeIsNotSentForEver() {
        cloud.refusing = 2;
        say(120);
        link.start();

        await(() -> outbox.size() == 0);
        assertThat(lines().stream().filter(line -> !line.isEmpty()).toList())
                .isEqualTo(Stream.concat(texts(0, 50).stream(), texts(100, 120).stream()).toList());
        assertThat(cloud.hellos).hasSize(2);
        assertThat(cloud.batches)
                .flatExtracting(SignalBatch::getSignalsList)
                .filteredOn(signal -> signal.hasSignalsShed())
                .singleElement()
                .satisfies(shed -> assertThat(shed.getSignalsShed().getCount()).isEqualTo(50));
    }

    @Test
    void aDrainedNodeIsLeftForAnotherStreamWithoutLosingAnything() {
        link.start();
        say(5);
        await(() -> cloud.batches.size() == 1);
        cloud.telemetry
                .getFirst()
                .response()
                .write(
                        TelemetryDown.newBuilder()
                                .setDrain(Drain.newBuilder().setWithinMillis(50))
                                .build());

        await(() -> cloud.hellos.size() == 2);
        say(5);
        await(() -> lines().size() == 10);
    }

    @Test
    void aNodeThatIsGoneIsLeftForTheNextOne() throws Exception {
        var gone = at(1);
        link = link(gone, at(cloud.streamPort()));
        link.start();
        say(5);

        await(() -> lines().size() == 5);
    }

    @Test
    void aNodeThatDrainsIsLeftForTheNextOne() throws Exception {
        var other = new TestCloud(vertx, cloud.authority);
        link = link(at(cloud.streamPort()), at(other.streamPort()));
        link.start();
        await(() -> cloud.hellos.size() == 1);
        cloud.telemetry
                .getFirst()
                .response()
                .write(
                        TelemetryDown.newBuilder()
                                .setDrain(Drain.newBuilder().setWithinMillis(1))
                                .build());

        await(() -> other.hellos.size() == 1);
        other.close();
    }

    @Test
    void aSilentCloudIsLeft() {
        cloud.welcoming = false;
        link.start();
        await(() -> cloud.hellos.size() == 1);
        // Heartbeats are answered, so it stays; then the node hangs.
        cloud.telemetry.getFirst().pause();

        await(() -> cloud.hellos.size() == 2);
    }

    private Identity enrol() throws Exception {
        return new Enrolling(vertx, at(cloud.enrolmentPort()), cloud.authority.pem())
                .enrol(TestCloud.JOIN_TOKEN, "test", "test")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static SocketAddress at(int port) {
        return SocketAddress.inetSocketAddress(port, "localhost");
    }

    private void say(int lines) {
        var begin = said;
        for (int i = begin; i < begin + lines; i++) {
            outbox.accept(
                    new Signal(
                            InstantSource.system().instant(),
                            new Observation.LogLine(
                                    new dev.kestrel.domain.signal.ResourceRef(
                                            "Pod", "shop", "cart-1"),
                                    "app",
                                    false,
                                    "line " + i)));
        }
        said += lines;
    }

    private int said;

    private List<String> lines() {
        return cloud.batches.stream()
                .flatMap(batch -> batch.getSignalsList().stream())
                .map(signal -> signal.getLogLine().getText())
                .toList();
    }

    private static List<String> texts(int from, int to) {
        return java.util.stream.IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Eventually.until(condition);
    }
}
