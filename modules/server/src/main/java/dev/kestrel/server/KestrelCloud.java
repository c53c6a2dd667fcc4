package dev.kestrel.server;

import dev.kestrel.api.Api;
import dev.kestrel.api.access.OperatorInstall;
import dev.kestrel.api.access.SigningKey;
import dev.kestrel.bus.Bus;
import dev.kestrel.domain.incident.CorrelationParameters;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.engine.EngineVerticle;
import dev.kestrel.engine.Ports;
import dev.kestrel.gateway.Gateway;
import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.gateway.identity.FileCertificateAuthority;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.store.Store;
import dev.kestrel.store.StoreConfig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A node of Kestrel Cloud: every part built and plugged together, in the order in which they need
 * each other. The one place that knows all of them.
 */
public final class KestrelCloud {
    private static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);

    private final Vertx vertx;
    private final ServerConfig config;
    private final Outside outside;
    private final CausalModel model;

    /** How to end what was started, newest first. */
    private final Deque<Supplier<Future<?>>> endings = new ArrayDeque<>();

    private @Nullable Store store;
    private @Nullable CertificateAuthority authority;
    private @Nullable Gateway gateway;
    private @Nullable Api api;

    private KestrelCloud(Vertx vertx, ServerConfig config, CausalModel model, Outside outside) {
        this.vertx = vertx;
        this.config = config;
        this.model = model;
        this.outside = outside;
    }

    /**
     * Starts everything; when a part cannot start, those before it are ended and the failure says
     * which and why.
     */
    public static Future<KestrelCloud> start(
            Vertx vertx, ServerConfig config, CausalModel model, Outside outside) {
        var cloud = new KestrelCloud(vertx, config, model, outside);
        var bus = Bus.on(vertx);
        return cloud.openDatabase()
                .compose(url -> cloud.openStore(url))
                .compose(ignored -> cloud.openAuthority())
                .compose(ignored -> cloud.startEngine(bus))
                .compose(ignored -> cloud.startGateway(bus))
                .compose(ignored -> cloud.startApi(bus))
                .map(cloud)
                .recover(failure -> cloud.stop().transform(ended -> Future.failedFuture(failure)));
    }

    private Future<String> openDatabase() {
        if (!config.storeOwnerUrl().isEmpty()) {
            return Future.succeededFuture(config.storeOwnerUrl());
        }
        return vertx.executeBlocking(
                () -> {
                    var database = EmbeddedDatabase.start(config.dataDir(), outside.random());
                    endings.push(
                            () ->
                                    vertx.executeBlocking(
                                            () -> {
                                                database.close();
                                                return true;
                                            }));
                    return database.url();
                });
    }

    private Future<Void> openStore(String url) {
        var setting =
                new StoreConfig(
                        url,
                        config.storeApplicationUrl(),
                        config.storeConnections(),
                        config.journalRetention(),
                        StoreConfig.at(url).journalQueueEntries());
        return Store.open(vertx, setting, outside.meters())
                .onSuccess(
                        opened -> {
                            store = opened;
                            endings.push(opened::close);
                        })
                .mapEmpty();
    }

    private Future<Void> openAuthority() {
        return vertx.executeBlocking(
                () -> {
                    try {
                        authority =
                                FileCertificateAuthority.open(
                                        config.dataDir().resolve("authority"),
                                        config.gateway().trustDomain(),
                                        CERTIFICATE_LIFE,
                                        outside.random(),
                                        outside.clock().instant());
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "the certificate authority cannot be opened: " + e.getMessage(), e);
                    }
                    return null;
                });
    }

    private Future<Void> startEngine(Bus bus) {
        var thinking =
                new Thinking(
                        model,
                        new RootCause(),
                        CorrelationParameters.DEFAULTS.withQuiet(config.quiet()));
        var ports =
                new Ports(
                        store().journal(),
                        store().owners(),
                        store().incidents(),
                        store().clusters(),
                        new WireSignalCodec());
        var engine =
                new EngineVerticle(config.engine(), ports, thinking, bus, outside.reasoningClock());
        return vertx.deployVerticle(engine)
                .onSuccess(id -> endings.push(() -> vertx.undeploy(id)))
                .mapEmpty();
    }

    private Future<Void> startGateway(Bus bus) {
        var needs =
                new Gateway.Needs(
                        vertx,
                        bus,
                        store().enrolments(),
                        Objects.requireNonNull(authority),
                        config.node(),
                        outside.clock(),
                        outside.random(),
                        outside.meters());
        return Gateway.start(needs, config.gateway())
                .onSuccess(
                        started -> {
                            gateway = started;
                            endings.push(started::stop);
                        })
                .mapEmpty();
    }

    private Future<Void> startApi(Bus bus) {
        return vertx.executeBlocking(
                        () ->
                                SigningKey.open(
                                        config.dataDir().resolve("token.key"), outside.random()))
                .compose(key -> Api.start(vertx, needs(bus, key), config.api()))
                .onSuccess(
                        started -> {
                            api = started;
                            endings.push(started::stop);
                        })
                .mapEmpty();
    }

    private Api.Needs needs(Bus bus, SigningKey key) {
        return new Api.Needs(
                bus,
                store().incidents(),
                store().clusters(),
                store().enrolments(),
                store().users(),
                store().audit(),
                key,
                new OperatorInstall(
                        config.gateway().serverNames().getFirst(),
                        enrolmentPort(),
                        streamPort(),
                        authorityPem(),
                        config.api().chart()),
                outside.clock(),
                outside.random(),
                outside.meters(),
                () -> store().check(),
                outside.meters()::scrape);
    }

    public Store store() {
        return Objects.requireNonNull(store, "the cloud is not started");
    }

    /** Where operators without an identity get one. */
    public int enrolmentPort() {
        return Objects.requireNonNull(gateway).enrolmentPort();
    }

    public int streamPort() {
        return Objects.requireNonNull(gateway).streamPort();
    }

    /** Where the dashboard and the REST API are. */
    public int apiPort() {
        return Objects.requireNonNull(api).port();
    }

    /**
     * PEM of the authority that signed the gateway's certificate: what an operator trusts when it
     * enrols.
     */
    public String authorityPem() {
        return Objects.requireNonNull(authority).trustBundle();
    }

    /**
     * Ends everything, newest first: streams are drained, conclusions saved, clusters given back.
     */
    public Future<Void> stop() {
        var next = endings.poll();
        return next == null ? Future.succeededFuture() : next.get().transform(ended -> stop());
    }
}
