package dev.kestrel.gateway.identity;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;

import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private final Map<ClusterRef, Deque<Held>> byCluster = new HashMap<>();

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
        byCluster.computeIfAbsent(peer.cluster(), cluster -> new ArrayDeque<>()).add(holding);
        connection.closeHandler(
                closed -> {
                    held.remove(connection);
                    release(holding);
                    onClose.run();
                });
        return holding;
    }

    private void release(Held holding) {
        var others = byCluster.get(holding.peer().cluster());
        if (others != null && others.remove(holding) && others.isEmpty()) {
            byCluster.remove(holding.peer().cluster());
        }
    }

    /**
     * The oldest connection of a cluster that has more than so many; it does not count any more.
     */
    public Optional<Held> surplus(ClusterRef cluster, int most) {
        var all = byCluster.get(cluster);
        return all == null || all.size() <= most ? Optional.empty() : Optional.of(all.remove());
    }

    /** Empty when the connection is not held: it had no acceptable certificate. */
    public Optional<Held> of(HttpConnection connection) {
        return Optional.ofNullable(held.get(connection));
    }

    public List<Held> all() {
        return List.copyOf(held.values());
    }

    /**
     * The connections of a cluster.
     *
     * @param serial of the certificate; empty for all of the cluster's
     */
    public List<Held> of(ClusterRef cluster, String serial) {
        return all().stream()
                .filter(holding -> holding.peer().cluster().equals(cluster))
                .filter(holding -> serial.isEmpty() || serial.equals(holding.peer().serial()))
                .toList();
    }
}
