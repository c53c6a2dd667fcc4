package dev.kestrel.quality.severalnodes;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.cli.ApiClient;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.quality.severalnodes.SeveralNodes.Node;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What holds for one node holds for several, and for those that come and go. */
class SeveralNodesTest {
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir private static Path data;

    private static SeveralNodes nodes;
    private static Node a;
    private static Node b;

    @BeforeAll
    static void start() {
        nodes = new SeveralNodes(data);
        a = nodes.first();
        b = nodes.another("node-b");
    }

    @AfterAll
    static void end() {
        b.stop();
        a.stop();
        nodes.close();
    }

    @Test
    void theOwnerGoesWhereTheStreamGoesAndTheNodeBeforeLetsGo() {
        var identity = nodes.enrol(a, "moving");
        try (var before = new SpeakingOperator(identity, "boot-1", NEVER, a.streams())) {
            before.say("at a");
            eventually(before::isAllDurable);
            assertThat(owner("moving").node()).isEqualTo("node-a");

            try (var after = new SpeakingOperator(identity, "boot-2", AT_ONCE, b.streams())) {
                after.say("at b");
                eventually(after::isAllDurable);

                assertThat(owner("moving"))
                        .isEqualTo(new Ownership(cluster("moving"), "node-b", 2));
                eventually(() -> !before.isConnected());
            }
        }
    }

    @Test
    void aWordThatIsSaidAtOneNodeReachesTheOwnerOnAnother() {
        var identity = nodes.enrol(a, "spoken");
        try (var operator = new SpeakingOperator(identity, "boot-1", AT_ONCE, a.streams())) {
            operator.say("at a");
            eventually(operator::isAllDurable);
            // One that the archive has and the owner never heard of: only the owner knows that.
            await(a.store().incidents().save(owner("spoken"), List.of(incident("spoken"))));
            var api = new ApiClient(b.address());
            api.signIn(SeveralNodes.ADMIN, SeveralNodes.PASSWORD);

            assertThatThrownBy(() -> api.approve("spoken-1", "r-1", "0".repeat(64)))
                    .hasMessageContaining("NO_SUCH_INCIDENT");
        }
    }

    @Test
    void aTokenOfOneNodeIsGoodAtAnotherAndARevocationThereCutsTheStreamHere() {
        var identity = nodes.enrol(a, "revoked");
        try (var operator = new SpeakingOperator(identity, "boot-1", NEVER, a.streams())) {
            operator.say("at a");
            eventually(operator::isAllDurable);

            var api = new ApiClient(a.address());
            api.signIn(SeveralNodes.ADMIN, SeveralNodes.PASSWORD);
            api.at(b.address()).revoke("revoked");

            eventually(() -> !operator.isConnected());
        }
    }

    @Test
    void aNodeThatStopsSendsItsOperatorsToAnotherAndGivesEverythingBack() {
        var c = nodes.another("node-c");
        var identity = nodes.enrol(a, "drained");
        try (var operator =
                new SpeakingOperator(identity, "boot-1", AT_ONCE, c.streams(), b.streams())) {
            operator.say("at c");
            eventually(operator::isAllDurable);
            assertThat(owner("drained").node()).isEqualTo("node-c");

            c.stop();

            operator.say("at b");
            eventually(operator::isAllDurable);
            assertThat(owner("drained").node()).isEqualTo("node-b");
        }
    }

    @Test
    void theBusBetweenNodesIsClosedToAnOperatorAndToOneWithoutACertificate() {
        var identity = nodes.enrol(a, "curious");
        var operator =
                new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(identity.keyPem()))
                        .addCertValue(Buffer.buffer(identity.chainPem()));
        var vertx = Vertx.vertx();
        for (var options : List.of(bus(), bus().setKeyCertOptions(operator))) {
            var closed = Promise.<String>promise();
            vertx.createNetClient(options)
                    .connect(a.busPort(), "127.0.0.1")
                    .onFailure(refused -> closed.tryComplete("refused"))
                    .onSuccess(socket -> socket.closeHandler(end -> closed.tryComplete("closed")));

            assertThat(await(closed.future().toCompletionStage())).isIn("refused", "closed");
        }
        await(vertx.close().toCompletionStage());
    }

    private static NetClientOptions bus() {
        return new NetClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm("");
    }

    @Test
    void aNodeThatWouldMakeASecondAuthorityDoesNotStart() {
        var elsewhere = Map.of("authority-dir", data.resolve("another").toString());

        assertThatThrownBy(() -> nodes.start("node-d", 1, elsewhere))
                .hasMessageContaining("this cloud has a certificate authority already")
                .hasMessageContaining("authority-dir");
        assertThat(data.resolve("another")).doesNotExist();
    }

    private static ClusterRef cluster(String name) {
        return new ClusterRef(SeveralNodes.TENANT, name);
    }

    private static Ownership owner(String cluster) {
        return await(a.store().owners().find(cluster(cluster))).orElseThrow();
    }

    private static Document incident(String cluster) {
        var json =
                """
                {"id": "%s-1", "revision": 1, "remediations": [{"id": "r-1"}]}\
                """
                        .formatted(cluster);
        return new Document(
                cluster + "-1",
                cluster(cluster),
                1,
                "OPEN",
                "HIGH",
                "cart is down",
                "ROOT_CAUSE",
                "",
                "",
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                json);
    }

    /** Generous, because builds share cores; what is waited for takes well below a second. */
    private static void eventually(BooleanSupplier state) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!state.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came").isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
