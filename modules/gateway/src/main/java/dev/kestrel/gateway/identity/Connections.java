package dev.kestrel.gateway.identity;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;

import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of one event loop and whose they are. TLS alone cannot take a certificate
 * back once the handshake is over; whoever is revoked loses its connections here.
 */
public final class Connections {
    private final Map<HttpConnection, Held> held = new HashMap<>();

    /** A connection, its peer, and the calls on it. */
    public static final class Held {
        private final Peer peer;
        private final HttpConnection connection;
        private final Set<Call> calls = new LinkedHashSet<>();
        private Instant validUntil;

        private Held(Peer peer, HttpConnection connection) {
            this.peer = peer;
            this.connection = connection;
            this.validUntil = peer.notAfter();
        }

        public Peer peer() {
            return peer;
        }

        /** A call that ends when the connection is cut. */
        public void carries(Call call) {
            calls.removeIf(Call::isEnded);
            calls.add(call);
        }

        /** A new certificate was issued over this connection: it may last as long as that one. */
        public void renewed(Instant notAfter) {
            validUntil = notAfter;
        }

        public boolean isExpired(Instant now) {
            return now.isAfter(validUntil);
        }

        /** Ends every call, then the connection. */
        public void cut(String why) {
            for (var call : new ArrayList<>(calls)) {
                call.finish(GrpcStatus.UNAUTHENTICATED, why);
            }
            connection.shutdown(1, TimeUnit.SECONDS);
        }
    }

    /** Keeps a connection until it is closed. */
    public Held hold(Peer peer, HttpConnection connection, Runnable onClose) {
        var holding = new Held(peer, connection);
        held.put(connection, holding);
        connection.closeHandler(
                closed -> {
                    held.remove(connection);
                    onClose.run();
                });
        return holding;
    }

    /** Empty when the connection is not held: it had no acceptable certificate. */
    public Optional<Held> of(HttpConnection connection) {
        return Optional.ofNullable(held.get(connection));
    }

    public List<Held> all() {
        return List.copyOf(held.values());
    }

    /**
     * Cuts the connections of a cluster.
     *
     * @param serial of the certificate; empty for all of the cluster's
     * @param why for the person who reads the operator's log
     */
    public void revoke(ClusterRef cluster, String serial, String why) {
        for (var holding : all()) {
            var peer = holding.peer();
            if (peer.cluster().equals(cluster)
                    && (serial.isEmpty() || serial.equals(peer.serial()))) {
                holding.cut(why);
            }
        }
    }
}
