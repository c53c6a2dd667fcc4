package dev.kestrel.api;

import dev.kestrel.api.access.OperatorInstall;
import dev.kestrel.api.access.SigningKey;
import dev.kestrel.bus.Bus;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.access.Users;
import dev.kestrel.domain.incident.IncidentArchive;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The API of one node, started and stopped. */
public final class Api {
    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private Api(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /**
     * What the API needs from outside.
     *
     * @param install where operators find this cloud
     * @param ready fails with the reason while the node cannot do its work
     * @param scrape the metrics in the Prometheus text format
     */
    public record Needs(
            Bus bus,
            IncidentArchive incidents,
            Clusters clusters,
            Enrolments enrolments,
            Users users,
            AuditLog audit,
            SigningKey key,
            Supplier<OperatorInstall> install,
            InstantSource clock,
            SecureRandom random,
            MeterRegistry meters,
            Supplier<Future<Void>> ready,
            Supplier<String> scrape) {}

    /** Opens the port; fails when it cannot be opened. */
    public static Future<Api> start(Vertx vertx, Needs needs, ApiConfig config) {
        var port = Promise.<Integer>promise();
        return vertx.deployVerticle(new ApiVerticle(needs, config, port))
                .map(deployment -> new Api(vertx, deployment, port.future().result()));
    }

    public int port() {
        return port;
    }

    public Future<Void> stop() {
        return vertx.undeploy(deployment);
    }
}
