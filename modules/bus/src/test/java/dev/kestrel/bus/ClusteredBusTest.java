package dev.kestrel.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;

import dev.kestrel.bus.Topics.Noted;
import dev.kestrel.bus.Topics.StreamClosed;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What works on one node works between two: every message that may travel does, for real. */
class ClusteredBusTest {
    private static final ClusterRef CLUSTER = Samples.CLUSTER;
    private static final InMemoryOwners OWNERS = new InMemoryOwners();

    private static Vertx near;
    private static Vertx far;
    private static Bus here;
    private static Bus there;

    @BeforeAll
    static void start() throws Exception {
        var meeting = freePort();
        near = await(node(meeting, meeting));
        far = await(node(freePort(), meeting));
        here = Bus.on(near, OWNERS);
        there = Bus.on(far, OWNERS);
        OWNERS.claim(CLUSTER, "far", Instant.EPOCH, Duration.ofSeconds(15));
    }

    @AfterAll
    static void end() throws Exception {
        await(near.close());
        await(far.close());
    }

    private static Future<Vertx> node(int port, int meeting) {
        var config = new Config().setClusterName("bus-test-" + meeting);
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.socket.bind.any", "false");
        var network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin()
                .getTcpIpConfig()
                .setEnabled(true)
                .setMembers(List.of("127.0.0.1:" + meeting));
        return Vertx.builder()
                .with(
                        new VertxOptions()
                                .setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void everySampleTravelsAndItsAnswerComesBack() throws Exception {
        for (var topic : Topics.ALL) {
            switch (topic) {
                case Topic.Fact<?> fact -> tellAll(fact);
                case Topic.Ask<?, ?> ask -> askAll(ask, CLUSTER.toString());
                case Topic.ToOwner<?, ?> toOwner -> askAll(toOwner, "far");
                case Topic.Here<?, ?> _ -> {}
            }
        }
    }

    private static <T> List<T> samples(Class<T> type) {
        return Samples.all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <M> void tellAll(Topic.Fact<M> topic) throws Exception {
        for (var sample : samples(topic.message())) {
            var heard = Promise.<M>promise();
            var registration = there.onFact(topic, heard::tryComplete);
            await(registration.ready());
            here.tell(topic, sample);

            assertThat(await(heard.future())).isNotSameAs(sample).isEqualTo(sample);
            await(registration.end());
        }
    }

    private static <M, R> void askAll(Topic.Question<M, R> topic, String key) throws Exception {
        for (var reply : samples(topic.reply())) {
            var heard = Promise.<M>promise();
            var registration =
                    await(
                            there.serve(
                                    topic,
                                    key,
                                    message -> {
                                        heard.tryComplete(message);
                                        return Future.succeededFuture(reply);
                                    }));
            for (var sample : samples(topic.message())) {
                assertThat(await(here.ask(topic, sample))).contains(reply);
            }
            assertThat(samples(topic.message())).contains(await(heard.future()));
            await(registration.end());
        }
    }

    @Test
    void whatIsForThisNodeNeverReachesAnother() throws Exception {
        var key = CLUSTER.toString();
        var closed = new StreamClosed(CLUSTER, "s1", true, Instant.EPOCH);
        await(there.serve(Topics.STREAM_CLOSED, key, _ -> noted(false)));
        assertThat(await(here.ask(Topics.STREAM_CLOSED, closed))).isEmpty();

        await(here.serve(Topics.STREAM_CLOSED, key, _ -> noted(true)));
        assertThat(await(here.ask(Topics.STREAM_CLOSED, closed))).contains(new Noted(true));
        assertThat(await(there.ask(Topics.STREAM_CLOSED, closed))).contains(new Noted(false));
    }

    private static Future<Noted> noted(boolean accepted) {
        return Future.succeededFuture(new Noted(accepted));
    }
}
