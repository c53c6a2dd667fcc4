package dev.kestrel.cli.bench;

import dev.kestrel.cli.scratch.ScratchFolder;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.identity.FileCertificateAuthority;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.Outside;
import dev.kestrel.server.ServerConfig;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code bench gateway} measures: a whole cloud, then a sink with the same authority; both on
 * one event loop.
 */
final class BenchServers implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Path data;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final SecureRandom random = new SecureRandom();
    private @Nullable KestrelCloud cloud;

    /**
     * @param data emptied first
     * @throws IllegalArgumentException when something else is in it
     */
    BenchServers(Path data) {
        this.data = data;
        ScratchFolder.empty(data);
    }

    /**
     * @param signalsPerSecond of each cluster
     * @param tenants that there are to be
     */
    void startCloud(int signalsPerSecond, List<String> tenants) {
        var keys =
                Map.of(
                        "data-dir", data.toString(),
                        "api.port", "0",
                        "gateway.host", "127.0.0.1",
                        "gateway.enrolment-port", "0",
                        "gateway.stream-port", "0",
                        "gateway.instances", "1",
                        "gateway.enrolments-per-minute", "100000",
                        "gateway.signals-per-second", Integer.toString(signalsPerSecond));
        var outside =
                new Outside(
                        Clock.systemUTC(),
                        Clock.systemUTC(),
                        random,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var config = ServerConfig.read(List.of(), Map.of(), keys);
        cloud = on(KestrelCloud.start(vertx, config, KnowledgeReader.bundled().sound(), outside));
        tenants.forEach(this::makeTenant);
    }

    /** A tenant comes with its first user; this one has a password that is nobody's. */
    private void makeTenant(String tenant) {
        on(
                Future.fromCompletionStage(
                        cloud().store()
                                .users()
                                .save(tenant, tenant + "@kestrel.local", "", Role.VIEWER)));
    }

    private KestrelCloud cloud() {
        return Objects.requireNonNull(cloud, "the cloud is not started");
    }

    int streamPort() {
        return cloud().streamPort();
    }

    /**
     * Offers join tokens for new clusters; answers the order that has them used.
     *
     * @param fleet whose operators they are; its tenant has the same name
     */
    JsonObject enrolment(String fleet, int first, int clusters) {
        var tokens = new JsonArray();
        var expires = Clock.systemUTC().instant().plus(TOKEN_LIFE);
        for (int i = first; i < first + clusters; i++) {
            var token = JoinToken.draw(random);
            var name = fleet + "-" + i;
            on(
                    Future.fromCompletionStage(
                            cloud().store()
                                    .enrolments()
                                    .offer(
                                            new ClusterRef(fleet, name),
                                            name,
                                            token.digest(),
                                            expires)));
            tokens.add(token.reveal());
        }
        return new JsonObject()
                .put("do", "enrol")
                .put("fleet", fleet)
                .put("first", first)
                .put("port", cloud().enrolmentPort())
                .put("ca", cloud().authorityPem())
                .put("tokens", tokens);
    }

    void stopCloud() {
        on(cloud().stop());
    }

    /** Starts it with the cloud's authority, and answers its port. */
    int startSink() {
        try {
            var now = Clock.systemUTC().instant();
            var authority =
                    FileCertificateAuthority.open(
                            data.resolve("authority"), "kestrel", TOKEN_LIFE, random, now);
            var serving = authority.serve(List.of("localhost", "127.0.0.1"), now);
            return on(
                    Future.fromCompletionStage(serving)
                            .compose(
                                    identity ->
                                            Sink.start(vertx, identity, authority.trustBundle())));
        } catch (IOException e) {
            throw new UncheckedIOException("the sink has no certificate", e);
        }
    }

    private static <T> T on(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        if (cloud != null) {
            on(cloud.stop());
        }
        vertx.close();
    }
}
