package dev.kestrel.gateway.identity;

import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.identity.Connections.Held;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.GatewayMetrics.Limit;
import dev.kestrel.gateway.limit.GatewayMetrics.Refused;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Lets peers in, and looks again now and then: a revocation is told as a fact, and facts may be
 * lost. Belongs to one event loop.
 */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final String REVOKED = "the certificate was revoked: enrol the cluster again";
    private static final String TOO_MANY = "newer connections of the cluster took its place";
    private static final String EXPIRED = "the certificate has expired: renew it, then connect";

    private final Vertx vertx;
    private final Enrolments enrolments;
    private final GatewayConfig config;
    private final InstantSource clock;
    private final GatewayMetrics metrics;
    private final Buckets<ClusterRef> calls;
    private final Connections connections = new Connections();

    /**
     * @param calls rate of calls by cluster
     */
    public Admission(
            Vertx vertx,
            Enrolments enrolments,
            GatewayConfig config,
            InstantSource clock,
            GatewayMetrics metrics,
            Buckets<ClusterRef> calls) {
        this.vertx = vertx;
        this.enrolments = enrolments;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.calls = calls;
    }

    /** A connection whose handshake is done. */
    public void onConnection(HttpConnection connection) {
        connection.exceptionHandler(
                failure ->
                        LOG.atDebug()
                                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                                .log("connection failed"));
        if (metrics.connections().get() >= config.connections()) {
            metrics.hit(Limit.CONNECTIONS);
            connection.close();
            return;
        }
        switch (Peer.read(chain(connection), config.trustDomain())) {
            case Peer.Reading.Known(var peer) -> hold(peer, connection);
            case Peer.Reading.Stranger(var why) -> {
                metrics.refused(Refused.NO_CLUSTER);
                LOG.atWarn()
                        .addKeyValue("from", connection.remoteAddress().hostAddress())
                        .addKeyValue("reason", why)
                        .log("connection without a cluster's certificate");
            }
        }
    }

    /**
     * Serves a call when the certificate behind it still holds; else ends it and says why. The
     * caller pauses it until then, because messages would go nowhere.
     */
    public void admit(Call call, Consumer<Held> server) {
        var found = connections.of(call.connection());
        if (found.isEmpty()) {
            call.finish(GrpcStatus.UNAUTHENTICATED, "the certificate names no cluster");
            call.connection().shutdown();
            return;
        }
        var held = found.get();
        held.carries(call);
        if (held.isExpired(clock.instant())) {
            cut(held, Refused.EXPIRED, EXPIRED);
            return;
        }
        if (!calls.of(held.peer().cluster()).tryTake(1, clock.instant())) {
            metrics.hit(Limit.CALLS);
            call.finish(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "too many calls of this cluster: try again in a minute");
            return;
        }
        isValid(held)
                .onSuccess(
                        valid -> {
                            if (valid && !call.isEnded()) {
                                server.accept(held);
                            } else if (!valid) {
                                cut(held, Refused.REVOKED, REVOKED);
                            }
                        })
                .onFailure(
                        failure ->
                                call.finish(
                                        GrpcStatus.UNAVAILABLE,
                                        "the certificate cannot be checked now; try again"));
    }

    /**
     * Cuts the connections of a cluster.
     *
     * @param serial of the certificate; empty for all of the cluster's
     */
    public void revoke(ClusterRef cluster, String serial) {
        connections.of(cluster, serial).forEach(held -> cut(held, Refused.REVOKED, REVOKED));
    }

    private void cut(Held held, Refused reason, String why) {
        metrics.refused(reason);
        LOG.atWarn()
                .addKeyValue("cluster", held.peer().cluster())
                .addKeyValue("serial", held.peer().serial())
                .addKeyValue("reason", reason)
                .log("connection cut");
        held.cut(why);
    }

    private void hold(Peer peer, HttpConnection connection) {
        metrics.connections().incrementAndGet();
        var recheck = new long[1];
        var held =
                connections.hold(
                        peer,
                        connection,
                        () -> {
                            metrics.connections().decrementAndGet();
                            vertx.cancelTimer(recheck[0]);
                        });
        connections
                .surplus(peer.cluster(), config.connectionsPerCluster())
                .ifPresent(
                        oldest -> {
                            metrics.hit(Limit.CONNECTIONS_OF_CLUSTER);
                            oldest.cut(TOO_MANY);
                        });
        recheck[0] = vertx.setPeriodic(config.recheck().toMillis(), timer -> look(held));
    }

    private void look(Held held) {
        if (held.isExpired(clock.instant())) {
            cut(held, Refused.EXPIRED, EXPIRED);
            return;
        }
        isValid(held)
                .onSuccess(
                        valid -> {
                            if (!valid) {
                                cut(held, Refused.REVOKED, REVOKED);
                            }
                        });
    }

    private Future<Boolean> isValid(Held held) {
        return Future.fromCompletionStage(
                enrolments.isValid(held.peer().cluster(), held.peer().serial()),
                vertx.getOrCreateContext());
    }

    private static List<Certificate> chain(HttpConnection connection) {
        try {
            var chain = connection.peerCertificates();
            return chain == null ? List.of() : chain;
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
