package dev.kestrel.gateway.session;

import dev.kestrel.bus.Bus;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;

import io.vertx.core.Vertx;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What every stream of a node needs from outside of itself.
 *
 * @param node id of this node; the engine on it is asked under the same
 * @param signals rate of signals by cluster
 * @param bytes rate of bytes by cluster
 * @param telemetry which telemetry stream is the newest of its cluster
 * @param control which control stream is the newest of its cluster
 */
public record Surroundings(
        Vertx vertx,
        Bus bus,
        Enrolments enrolments,
        String node,
        GatewayConfig config,
        InstantSource clock,
        RandomGenerator random,
        GatewayMetrics metrics,
        Buckets<ClusterRef> signals,
        Buckets<ClusterRef> bytes,
        Newest telemetry,
        Newest control) {}
