package dev.kestrel.api;

import dev.kestrel.api.access.AccessTokens;
import dev.kestrel.api.access.AuditEndpoint;
import dev.kestrel.api.access.ClusterEndpoints;
import dev.kestrel.api.access.SessionEndpoints;
import dev.kestrel.api.access.Sessions;
import dev.kestrel.api.http.Endpoint;
import dev.kestrel.api.http.Operation;
import dev.kestrel.api.http.Pages;
import dev.kestrel.api.http.Rates;
import dev.kestrel.api.http.Routes;
import dev.kestrel.api.incident.IncidentEndpoints;
import dev.kestrel.api.incident.WordEndpoints;
import dev.kestrel.api.live.LiveFeed;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Serves REST, the live feed and the dashboard on one port. */
final class ApiVerticle extends VerticleBase {
    private static final int FEED_MESSAGE_BYTES = 64 << 10;
    private static final int PASSWORD_WORKERS = 2;

    private final Api.Needs needs;
    private final ApiConfig config;
    private final Promise<Integer> port;
    private @Nullable LiveFeed feed;
    private @Nullable HttpServer server;

    ApiVerticle(Api.Needs needs, ApiConfig config, Promise<Integer> port) {
        this.needs = needs;
        this.config = config;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var metrics = new ApiMetrics(needs.meters());
        var tokens = new AccessTokens(vertx, needs.key(), config.accessLife(), needs.clock());
        feed =
                new LiveFeed(
                        new LiveFeed.Needs(
                                needs.bus(),
                                needs.incidents(),
                                needs.clusters(),
                                tokens,
                                needs.clock(),
                                metrics,
                                config.feedsPerTenant()),
                        vertx);
        feed.start();
        var routes =
                new Routes(
                        token -> tokens.verify(token).map(AccessTokens.Verified::principal),
                        new Rates<>(config.requestsPerSecond(), config.requestsBurst()),
                        needs.clock(),
                        metrics,
                        config.bodyBytes());
        var router = routes.router(vertx, endpoints(tokens, metrics));
        router.get("/api/v1/live").handler(this::live);
        Pages.addTo(router);
        return listen(router);
    }

    private Future<HttpServer> listen(Router router) {
        var options =
                new HttpServerOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setCompressionSupported(true)
                        .setMaxWebSocketFrameSize(FEED_MESSAGE_BYTES)
                        .setMaxWebSocketMessageSize(FEED_MESSAGE_BYTES)
                        .setIdleTimeout(75);
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .listen()
                .onSuccess(
                        listening -> {
                            server = listening;
                            port.complete(listening.actualPort());
                        });
    }

    private Map<Operation, Endpoint> endpoints(AccessTokens tokens, ApiMetrics metrics) {
        var all = new EnumMap<Operation, Endpoint>(Operation.class);
        addAccess(all, tokens, metrics);
        var incidents = new IncidentEndpoints(needs.incidents());
        all.put(Operation.LIST_INCIDENTS, incidents::list);
        all.put(Operation.READ_INCIDENT, incidents::read);
        var words = new WordEndpoints(needs.incidents(), needs.audit(), needs.bus(), metrics);
        all.put(Operation.ACKNOWLEDGE, words::acknowledge);
        all.put(Operation.RESOLVE, words::resolve);
        all.put(Operation.JUDGE, words::judge);
        all.put(Operation.APPROVE, words::approve);
        all.put(Operation.REJECT, words::reject);
        var service =
                new ServiceEndpoints(
                        needs.ready(), needs.scrape(), config.metricsFrom(), needs.key());
        all.put(Operation.ALIVE, service::alive);
        all.put(Operation.READY, service::ready);
        all.put(Operation.METRICS, service::metrics);
        all.put(Operation.KEYS, service::keys);
        all.put(Operation.DESCRIBE, service::describe);
        return all;
    }

    private void addAccess(Map<Operation, Endpoint> all, AccessTokens tokens, ApiMetrics metrics) {
        var sessions =
                new SessionEndpoints(
                        new Sessions(
                                new Sessions.Needs(
                                        needs.users(),
                                        needs.audit(),
                                        tokens,
                                        vertx.createSharedWorkerExecutor(
                                                "kestrel-passwords", PASSWORD_WORKERS),
                                        needs.random(),
                                        config.refreshLife(),
                                        metrics)),
                        config.secureCookies());
        all.put(Operation.SIGN_IN, sessions::signIn);
        all.put(Operation.SIGN_OUT, sessions::signOut);
        all.put(Operation.REFRESH, sessions::refresh);
        all.put(Operation.ME, sessions::me);
        var clusters =
                new ClusterEndpoints(
                        needs.clusters(),
                        needs.enrolments(),
                        needs.audit(),
                        needs.bus(),
                        needs.install(),
                        needs.random());
        all.put(Operation.LIST_CLUSTERS, clusters::list);
        all.put(Operation.ADD_CLUSTER, clusters::add);
        all.put(Operation.READ_CLUSTER, clusters::read);
        all.put(Operation.REVOKE_CLUSTER, clusters::revoke);
        all.put(Operation.LIST_AUDIT, new AuditEndpoint(needs.audit())::list);
    }

    /** Pages of other sites do not get a feed, even where a browser would let them open one. */
    private void live(RoutingContext context) {
        var origin = context.request().getHeader("Origin");
        var host = context.request().authority();
        if (origin != null && (host == null || !isSame(origin, host.toString()))) {
            context.fail(404);
            return;
        }
        context.request()
                .toWebSocket()
                .onSuccess(socket -> Objects.requireNonNull(feed).open(socket))
                .onFailure(_ -> context.fail(400));
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    @Override
    public Future<?> stop() {
        var feeds = feed == null ? Future.<Void>succeededFuture() : feed.stop();
        var listening = server;
        return listening == null ? feeds : feeds.compose(_ -> listening.close());
    }
}
