package dev.kestrel.quality.severalnodes;

import static dev.kestrel.testkit.Awaited.await;

import dev.kestrel.api.access.Passwords;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.NodeVertx;
import dev.kestrel.server.Outside;
import dev.kestrel.server.ServerConfig;
import dev.kestrel.store.Store;
import dev.kestrel.store.postgres.EmbeddedPostgres;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL that the nodes share, and the first node's port, where the others meet. */
final class SeveralNodes implements AutoCloseable {
    static final String TENANT = "acme";
    static final String ADMIN = "ann@acme.test";
    static final String PASSWORD = "correct horse battery staple";

    private final Path data;
    private final SecureRandom random = new SecureRandom();
    private final EmbeddedPostgres postgres;
    private final String url;
    private final int meeting = freePort();

    SeveralNodes(Path data) {
        this.data = data;
        var programs = Path.of(System.getProperty("user.home"), ".cache", "kestrel", "postgres");
        postgres = EmbeddedPostgres.start(data.resolve("postgres"), programs, random);
        url = postgres.url("kestrel");
    }

    /** A node that runs. */
    record Node(String name, Vertx vertx, KestrelCloud cloud, int busPort) {
        SocketAddress streams() {
            return SocketAddress.inetSocketAddress(cloud.streamPort(), "localhost");
        }

        String address() {
            return "http://127.0.0.1:" + cloud.apiPort();
        }

        Store store() {
            return cloud.store();
        }

        void stop() {
            await(cloud.stop().toCompletionStage());
            await(vertx.close().toCompletionStage());
        }
    }

    /** The node that others find; must be the first. */
    Node first() {
        var node = start("node-a", meeting, Map.of());
        var hash = Passwords.hash(PASSWORD, random);
        await(node.store().users().save(TENANT, ADMIN, hash, Role.ADMIN));
        return node;
    }

    Node another(String name) {
        return start(name, freePort(), Map.of());
    }

    /**
     * Starts a node, or fails as it does.
     *
     * @param different keys of the configuration
     */
    Node start(String name, int port, Map<String, String> different) {
        var busPort = freePort();
        var keys = new TreeMap<String, String>();
        keys.put("node", name);
        keys.put("data-dir", data.resolve(name).toString());
        keys.put("authority-dir", data.resolve("authority").toString());
        keys.put("token-key", data.resolve("token.key").toString());
        keys.put("store.owner-url", url);
        keys.put("store.connections", "4");
        keys.put("cluster.enabled", "true");
        keys.put("cluster.members", "127.0.0.1:" + meeting);
        keys.put("cluster.port", Integer.toString(port));
        keys.put("cluster.bus-port", Integer.toString(busPort));
        keys.put("api.port", "0");
        keys.put("gateway.host", "127.0.0.1");
        keys.put("gateway.enrolment-port", "0");
        keys.put("gateway.stream-port", "0");
        keys.put("gateway.instances", "1");
        keys.put("gateway.drain", "2s");
        keys.put("gateway.recheck", "10m");
        keys.putAll(different);
        var config = ServerConfig.read(List.of(), Map.of(), keys);
        var outside =
                new Outside(
                        Clock.systemUTC(),
                        Clock.systemUTC(),
                        random,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var vertx = patiently(NodeVertx.start(config, outside));
        var model = KnowledgeReader.bundled().sound();
        var started =
                KestrelCloud.start(vertx, config, model, outside)
                        .recover(
                                failure ->
                                        vertx.close()
                                                .transform(gone -> Future.failedFuture(failure)));
        return new Node(name, vertx, patiently(started), busPort);
    }

    /** A node takes three seconds to start, and many times that while builds share the cores. */
    private static <T> T patiently(Future<T> starting) {
        return starting.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }

    /** An identity for a new cluster of the tenant, from that node. */
    Identity enrol(Node node, String cluster) {
        var token = JoinToken.draw(random);
        var expires = Clock.systemUTC().instant().plusSeconds(600);
        await(
                node.store()
                        .enrolments()
                        .offer(new ClusterRef(TENANT, cluster), cluster, token.digest(), expires));
        var address = SocketAddress.inetSocketAddress(node.cloud().enrolmentPort(), "localhost");
        return await(
                new Enrolling(node.vertx(), address, node.cloud().authorityPem())
                        .enrol(token.reveal(), cluster, "test")
                        .toCompletionStage());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
