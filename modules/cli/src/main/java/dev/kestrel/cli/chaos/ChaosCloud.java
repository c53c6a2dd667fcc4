package dev.kestrel.cli.chaos;

import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.identity.Enrolling;
import dev.kestrel.operator.identity.Identity;
import dev.kestrel.store.Store;
import dev.kestrel.store.StoreConfig;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The nodes, their database, and the tunnels between them that can be cut. */
final class ChaosCloud implements AutoCloseable {
    private static final String TENANT = "chaos";
    private static final int TOKEN_SECONDS = 3_600;

    private final Vertx vertx;
    private final Path data;
    private final SecureRandom random = new SecureRandom();
    private final ChaosDatabase database;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Tunnel> toDatabase = new ArrayList<>();
    private final List<Tunnel> toNodes = new ArrayList<>();

    /**
     * @param settings keys that all nodes have in common
     */
    ChaosCloud(Vertx vertx, Path data, int count, Map<String, String> settings) {
        this.vertx = vertx;
        this.data = data;
        database = new ChaosDatabase(data.resolve("postgres"), random);
        var ports = new ArrayList<Ports>();
        for (int i = 0; i < count; i++) {
            ports.add(Ports.draw());
            toDatabase.add(on(Tunnel.to(vertx, database.port())));
            toNodes.add(on(Tunnel.to(vertx, ports.get(i).membership())));
            toNodes.add(on(Tunnel.to(vertx, ports.get(i).bus())));
        }
        for (int i = 0; i < count; i++) {
            nodes.add(
                    new NodeProcess(
                            "node-" + (char) ('a' + i),
                            ports.get(i),
                            environment(i, ports.get(i), settings),
                            data.resolve("node-" + (char) ('a' + i) + ".log")));
        }
    }

    private Map<String, String> environment(int node, Ports ports, Map<String, String> settings) {
        var members =
                toNodes.stream()
                        .filter(tunnel -> toNodes.indexOf(tunnel) % 2 == 0)
                        .map(tunnel -> "127.0.0.1:" + tunnel.port())
                        .toList();
        var keys = new TreeMap<>(settings);
        keys.put("node", "node-" + (char) ('a' + node));
        keys.put("data-dir", data.resolve("operators").toString());
        keys.put("authority-dir", data.resolve("authority").toString());
        keys.put("token-key", data.resolve("token.key").toString());
        keys.put("store.owner-url", database.urlAt(toDatabase.get(node).port()));
        keys.put("cluster.enabled", "true");
        keys.put("cluster.members", String.join(",", members));
        keys.put("cluster.port", Integer.toString(ports.membership()));
        keys.put("cluster.bus-port", Integer.toString(ports.bus()));
        keys.put("cluster.public-port", Integer.toString(toNodes.get(2 * node).port()));
        keys.put("cluster.public-bus-port", Integer.toString(toNodes.get(2 * node + 1).port()));
        keys.put("gateway.host", "127.0.0.1");
        keys.put("gateway.enrolment-port", Integer.toString(ports.enrolment()));
        keys.put("gateway.stream-port", Integer.toString(ports.streams()));
        keys.put("api.port", Integer.toString(ports.api()));
        var environment = new TreeMap<String, String>();
        keys.forEach(
                (key, value) ->
                        environment.put(
                                "KESTREL_"
                                        + key.toUpperCase(java.util.Locale.ROOT)
                                                .replace('.', '_')
                                                .replace('-', '_'),
                                value));
        return environment;
    }

    /** The first one alone, because it makes the keys and the tables; then the others. */
    void start() throws InterruptedException {
        nodes.getFirst().start();
        nodes.getFirst().awaitReady();
        nodes.stream().skip(1).forEach(NodeProcess::start);
        for (var node : nodes) {
            node.awaitReady();
        }
        database.record();
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    ChaosDatabase database() {
        return database;
    }

    List<SocketAddress> streams() {
        return nodes.stream()
                .map(node -> SocketAddress.inetSocketAddress(node.ports().streams(), "localhost"))
                .toList();
    }

    /** Identities for new clusters, the way every cluster gets one. */
    List<Identity> enrol(List<String> clusters) {
        var config = StoreConfig.at(database.url());
        var store = on(Store.open(vertx, config, new SimpleMeterRegistry()));
        await(store.users().save(TENANT, "chaos@kestrel.local", "", Role.VIEWER));
        var port = nodes.getFirst().ports().enrolment();
        var address = SocketAddress.inetSocketAddress(port, "localhost");
        var identities = new ArrayList<Identity>();
        for (var cluster : clusters) {
            var token = JoinToken.draw(random);
            var until = Clock.systemUTC().instant().plusSeconds(TOKEN_SECONDS);
            var ref = new ClusterRef(TENANT, cluster);
            await(store.enrolments().offer(ref, cluster, token.digest(), until));
            identities.add(
                    on(
                            new Enrolling(vertx, address, authority())
                                    .enrol(token.reveal(), cluster, "chaos")));
        }
        on(store.close());
        return identities;
    }

    private String authority() {
        try {
            return Files.readString(data.resolve("authority").resolve("ca.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException("the authority has no certificate", e);
        }
    }

    /** No node hears another. */
    void partition() {
        toNodes.forEach(Tunnel::cut);
    }

    void heal() {
        toNodes.forEach(Tunnel::mend);
    }

    Tunnel databaseOf(NodeProcess node) {
        return toDatabase.get(nodes.indexOf(node));
    }

    /** PostgreSQL dies and comes back. */
    void restartDatabase() throws InterruptedException {
        database.crash();
        TimeUnit.SECONDS.sleep(1);
        database.recover();
        toDatabase.forEach(tunnel -> tunnel.lead(database.port()));
    }

    /** How many nodes ended in good order when they were asked to. */
    int stopAll() throws InterruptedException {
        var inOrder = 0;
        for (var node : nodes) {
            inOrder += node.stop() ? 1 : 0;
        }
        return inOrder;
    }

    static <T> T on(Future<T> future) {
        return await(future.toCompletionStage());
    }

    private static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    /** Ends what still runs; again is harmless. */
    @Override
    public void close() {
        nodes.forEach(NodeProcess::end);
        database.close();
    }
}
