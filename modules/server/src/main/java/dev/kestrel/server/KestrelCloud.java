package dev.kestrel.server;

import dev.kestrel.api.Api;
import dev.kestrel.api.access.OperatorInstall;
import dev.kestrel.api.access.SigningKey;
import dev.kestrel.bus.Bus;
import dev.kestrel.domain.incident.CorrelationParameters;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.RootCause;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.engine.EngineMetrics;
import dev.kestrel.engine.EngineVerticle;
import dev.kestrel.engine.Ports;
import dev.kestrel.engine.pool.ReasoningPool;
import dev.kestrel.engine.pool.ReasoningThreads;
import dev.kestrel.gateway.Gateway;
import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.server.cluster.NodeName;
import dev.kestrel.server.cluster.SharedKeys;
import dev.kestrel.store.Store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A node of Kestrel Cloud: every part of its roles built and plugged together, in the order in
 * which they need each other. The one place that knows all of them.
 */
public final class KestrelCloud {
    private final Vertx vertx;
    private final ServerConfig config;
    private final Outside outside;
    private final CausalModel model;
    private final Readiness readiness = new Readiness();

    /** How to end what was started, newest first. */
    private final Deque<Supplier<Future<?>>> endings = new ArrayDeque<>();

    private @Nullable Store store;
    private @Nullable CertificateAuthority authority;
    private @Nullable NodeName name;
    private @Nullable Gateway gateway;
    private int httpPort;

    private KestrelCloud(Vertx vertx, ServerConfig config, CausalModel model, Outside outside) {
        this.vertx = vertx;
        this.config = config;
        this.model = model;
        this.outside = outside;
    }

    /**
     * Starts everything; when a part cannot start, those before it are ended and the failure says
     * which and why.
     *
     * @param vertx clustered where the configuration says so; see {@link NodeVertx}
     */
    public static Future<KestrelCloud> start(
            Vertx vertx, ServerConfig config, CausalModel model, Outside outside) {
        var cloud = new KestrelCloud(vertx, config, model, outside);
        return cloud.openDatabase()
                .compose(url -> cloud.openStore(url))
                .compose(ignored -> cloud.holdName())
                .compose(ignored -> cloud.openAuthority())
                .compose(ignored -> cloud.startParts(Bus.on(vertx, cloud.store().owners())))
                .map(cloud)
                .recover(failure -> cloud.stop().transform(ended -> Future.failedFuture(failure)));
    }

    /** The gateway comes last and goes first: nobody is sent to a node that cannot serve. */
    private Future<Void> startParts(Bus bus) {
        return startHttp(bus)
                .compose(ignored -> has(NodeRole.ENGINE) ? startEngine(bus) : nothing())
                .compose(ignored -> has(NodeRole.GATEWAY) ? startGateway(bus) : nothing())
                .onSuccess(ignored -> readiness.started(() -> store().check(), this::isNameLost));
    }

    private boolean isNameLost() {
        var held = name;
        return held != null && held.isLost();
    }

    private boolean has(NodeRole role) {
        return config.roles().contains(role);
    }

    private static Future<Void> nothing() {
        return Future.succeededFuture();
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
        return Store.open(vertx, config.store(url), outside.meters())
                .onSuccess(
                        opened -> {
                            store = opened;
                            endings.push(opened::close);
                        })
                .mapEmpty();
    }

    /** An embedded database has one node, which its files' lock sees to. */
    private Future<Void> holdName() {
        if (config.storeOwnerUrl().isEmpty()) {
            return nothing();
        }
        var start = new byte[8];
        outside.random().nextBytes(start);
        var instance = HexFormat.of().formatHex(start);
        return NodeName.hold(vertx, store().nodes(), config.node(), instance)
                .onSuccess(
                        held -> {
                            name = held;
                            endings.push(held::leave);
                        })
                .mapEmpty();
    }

    private SharedKeys keys() {
        return new SharedKeys(vertx, store().nodes(), outside.random());
    }

    private Future<Void> openAuthority() {
        return keys().authority(
                        config.authorityDir(),
                        config.gateway().trustDomain(),
                        outside.clock().instant())
                .onSuccess(opened -> authority = opened)
                .mapEmpty();
    }

    private Future<Void> startEngine(Bus bus) {
        var thinking =
                new Thinking(
                        model,
                        new RootCause(),
                        CorrelationParameters.DEFAULTS.withQuiet(config.quiet()),
                        Topology.Limits.DEFAULTS);
        var threads = new ReasoningThreads(config.reasoningThreads());
        endings.push(threads::end);
        var metrics = new EngineMetrics(outside.meters(), threads::cpuSeconds);
        var ports =
                new Ports(
                        store().journal(),
                        store().owners(),
                        store().incidents(),
                        store().clusters(),
                        new WireSignalCodec(reason -> metrics.signalRefused(reason.name())));
        var engine =
                new EngineVerticle(
                        config.engine(),
                        ports,
                        thinking,
                        bus,
                        outside.reasoningClock(),
                        new ReasoningPool(threads, threads.width()),
                        metrics);
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

    private Future<Void> startHttp(Bus bus) {
        return has(NodeRole.API) ? startApi(bus) : startHealth();
    }

    private Future<Void> startApi(Bus bus) {
        return keys().tokens(config.tokenKey())
                .compose(key -> Api.start(vertx, needs(bus, key), config.api()))
                .onSuccess(
                        started -> {
                            httpPort = started.port();
                            endings.push(started::stop);
                        })
                .mapEmpty();
    }

    private Future<Void> startHealth() {
        var health =
                new HealthPort(readiness, outside.meters()::scrape, config.api().metricsFrom());
        return health.listen(vertx, config.api().host(), config.api().port())
                .onSuccess(
                        server -> {
                            httpPort = server.actualPort();
                            endings.push(server::close);
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
                this::install,
                outside.clock(),
                outside.random(),
                outside.meters(),
                readiness::check,
                outside.meters()::scrape);
    }

    /** Of this node's gateway; where it has none, of one that is configured like it. */
    private OperatorInstall install() {
        var streams = gateway;
        return new OperatorInstall(
                config.gateway().serverNames().getFirst(),
                streams == null ? config.gateway().enrolmentPort() : streams.enrolmentPort(),
                streams == null ? config.gateway().streamPort() : streams.streamPort(),
                authorityPem(),
                config.api().chart());
    }

    public Store store() {
        return Objects.requireNonNull(store, "the cloud is not started");
    }

    /** Where operators without an identity get one. */
    public int enrolmentPort() {
        return Objects.requireNonNull(gateway, "no gateway on this node").enrolmentPort();
    }

    public int streamPort() {
        return Objects.requireNonNull(gateway, "no gateway on this node").streamPort();
    }

    /** Where the dashboard and the REST API are; without that role, health and metrics only. */
    public int apiPort() {
        return httpPort;
    }

    /**
     * PEM of the authority that signed the gateway's certificate: what an operator trusts when it
     * enrols.
     */
    public String authorityPem() {
        return Objects.requireNonNull(authority).trustBundle();
    }

    /**
     * Ends everything, newest first: the node is not ready any more, streams are drained,
     * conclusions saved, clusters given back.
     */
    public Future<Void> stop() {
        readiness.leaving();
        var next = endings.poll();
        return next == null ? Future.succeededFuture() : next.get().transform(ended -> stop());
    }
}
