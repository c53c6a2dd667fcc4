package dev.kestrel.cli;

import dev.kestrel.api.access.Passwords;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.operator.Operator;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.Outside;
import dev.kestrel.server.ServerConfig;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cloud on this machine, with one tenant and one user: what {@code demo} and {@code up} have in
 * common.
 */
public record LocalCloud(Vertx vertx, KestrelCloud cloud, Outside outside, Login login) {
    /** The one tenant of a local cloud. */
    public static final String TENANT = "local";

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    /** How to sign in at the dashboard; made anew for each local cloud. */
    public record Login(String email, String password) {}

    /**
     * Starts the database, the cloud and its one user. Fails when the port is taken or the folder
     * cannot be written.
     *
     * @param dataDir of the database and the keys
     * @param port of the dashboard; 0 takes a free one
     * @param speed how much faster than real time incidents are reasoned in; 1 but for headless
     *     demos
     */
    public static Future<LocalCloud> start(Path dataDir, int port, int speed) {
        var vertx = Vertx.vertx();
        var random = new SecureRandom();
        var outside =
                new Outside(
                        Clock.systemUTC(),
                        new ScaledClock(Clock.systemUTC(), speed),
                        random,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var login = new Login("demo@kestrel.local", password(random));
        var config = ServerConfig.read(List.of(), Map.of(), keys(dataDir, port, speed));
        return vertx.executeBlocking(() -> KnowledgeReader.bundled().sound())
                .compose(model -> KestrelCloud.start(vertx, config, model, outside))
                .map(cloud -> new LocalCloud(vertx, cloud, outside, login))
                .compose(LocalCloud::addUser);
    }

    private static Map<String, String> keys(Path dataDir, int port, int speed) {
        var keys =
                new TreeMap<>(
                        Map.of(
                                "data-dir",
                                dataDir.toString(),
                                "api.port",
                                Integer.toString(port),
                                "gateway.host",
                                "127.0.0.1",
                                "gateway.enrolment-port",
                                "0",
                                "gateway.stream-port",
                                "0"));
        if (speed > 1) {
            // The operator measures the cloud's silence in the cluster's time.
            keys.put("gateway.heartbeat", "500ms");
        }
        return keys;
    }

    private static String password(SecureRandom random) {
        var password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private Future<LocalCloud> addUser() {
        return vertx.executeBlocking(() -> Passwords.hash(login.password(), outside.random()))
                .compose(
                        hash ->
                                Future.fromCompletionStage(
                                        cloud.store()
                                                .users()
                                                .save(TENANT, login.email(), hash, Role.ADMIN)))
                .map(this);
    }

    /** Of the dashboard. */
    public String address() {
        return "http://127.0.0.1:" + cloud.apiPort();
    }

    /**
     * Enrols a cluster the way every cluster is enrolled, with a join token, and starts an operator
     * on it.
     *
     * @param identity folder of the operator's identity
     */
    public Future<RunningOperator> startOperator(
            ClusterRef cluster,
            String kubeconfig,
            Path identity,
            OperatorConfig.Write write,
            RelaySettings hubble) {
        var token = JoinToken.draw(outside.random());
        var expires = outside.clock().instant().plus(TOKEN_LIFE);
        var where =
                new OperatorConfig.Cloud(
                        "localhost",
                        cloud.enrolmentPort(),
                        cloud.streamPort(),
                        cloud.authorityPem());
        var config =
                new OperatorConfig(
                        where,
                        token.reveal(),
                        cluster.cluster(),
                        identity,
                        kubeconfig,
                        write,
                        hubble,
                        SpoolLimits.DEFAULT,
                        LinkTimes.DEFAULT);
        return Future.fromCompletionStage(
                        cloud.store()
                                .enrolments()
                                .offer(cluster, cluster.cluster(), token.digest(), expires))
                .compose(
                        ignored ->
                                Operator.start(
                                        vertx, config, outside.reasoningClock(), outside.random()));
    }

    /**
     * Ends the cloud, then its event loops. Blocks; nothing of Vert.x can be waited for after that.
     */
    public void stop() {
        Waiting.on(cloud.stop());
        vertx.close();
    }
}
