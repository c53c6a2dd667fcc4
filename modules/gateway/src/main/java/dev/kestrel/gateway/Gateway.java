package dev.kestrel.gateway;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topics;
import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.gateway.identity.EnrolmentDesk;
import dev.kestrel.gateway.identity.Handshakes;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.TokenBucket;
import dev.kestrel.gateway.session.Newest;
import dev.kestrel.gateway.session.Surroundings;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The gateway of one node: both ports, started and stopped together. */
public final class Gateway {
    private final Vertx vertx;
    private final List<String> deployments;
    private final Parts parts;
    private final Bus.Registration dropped;

    private Gateway(Vertx vertx, List<String> deployments, Parts parts) {
        this.vertx = vertx;
        this.deployments = List.copyOf(deployments);
        this.parts = parts;
        this.dropped = parts.around().bus().onFact(Topics.OWNER_DROPPED, this::onDropped);
    }

    /** A stream without an owner on its node would only wait for its next batch to be told so. */
    private void onDropped(Topics.OwnerDropped gone) {
        if (gone.node().equals(parts.around().node())) {
            parts.around().telemetry().leave(gone.cluster());
            parts.around().control().leave(gone.cluster());
        }
    }

    /**
     * What the gateway needs from outside.
     *
     * @param node id of this node; the engine on it answers {@code STREAM_OPENED} under the same
     * @param random for the ids of streams
     */
    public record Needs(
            Vertx vertx,
            Bus bus,
            Enrolments enrolments,
            CertificateAuthority authority,
            String node,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry meters) {}

    /** What the verticles share. */
    record Parts(
            Surroundings around,
            EnrolmentDesk desk,
            Ports ports,
            Handshakes handshakes,
            Buckets<ClusterRef> calls,
            Promise<Integer> enrolmentPort,
            Promise<Integer> streamPort) {}

    /** Opens both ports; fails when one cannot be opened, and then none is. */
    public static Future<Gateway> start(Needs needs, GatewayConfig config) {
        var parts = parts(needs, config);
        var cores = Runtime.getRuntime().availableProcessors();
        var instances = config.instances() == 0 ? cores : config.instances();
        var vertx = needs.vertx();
        return vertx.deployVerticle(
                        () -> new StreamVerticle(parts),
                        new DeploymentOptions().setInstances(instances))
                .compose(
                        streams ->
                                vertx.deployVerticle(new EnrolmentVerticle(parts))
                                        .map(enrolment -> List.of(enrolment, streams))
                                        .recover(
                                                failure ->
                                                        vertx.undeploy(streams)
                                                                .transform(
                                                                        gone ->
                                                                                Future.failedFuture(
                                                                                        failure))))
                .map(deployments -> new Gateway(vertx, deployments, parts));
    }

    private static Parts parts(Needs needs, GatewayConfig config) {
        var metrics = new GatewayMetrics(needs.meters());
        var clock = needs.clock();
        var around =
                new Surroundings(
                        needs.vertx(),
                        needs.bus(),
                        needs.enrolments(),
                        needs.node(),
                        config,
                        clock,
                        needs.random(),
                        metrics,
                        buckets(config, clock, config.signalsPerSecond(), config.signalsBurst()),
                        buckets(config, clock, config.bytesPerSecond(), config.bytesBurst()),
                        new Newest(),
                        new Newest());
        var desk = new EnrolmentDesk(needs.enrolments(), needs.authority(), config, clock, metrics);
        var ports = new Ports(needs.vertx(), needs.authority(), config, clock);
        return new Parts(
                around,
                desk,
                ports,
                new Handshakes(metrics, clock),
                buckets(config, clock, config.callsPerMinute() / 60.0, config.callsPerMinute()),
                Promise.promise(),
                Promise.promise());
    }

    private static <K> Buckets<K> buckets(
            GatewayConfig config, InstantSource clock, double perSecond, int burst) {
        return new Buckets<>(
                config.connections(), () -> new TokenBucket(perSecond, burst, clock.instant()));
    }

    /** The port of {@code Enrol}; the one that was free when 0 was configured. */
    public int enrolmentPort() {
        return parts.enrolmentPort().future().result();
    }

    /** The port of the streams; the one that was free when 0 was configured. */
    public int streamPort() {
        return parts.streamPort().future().result();
    }

    /** Tells the operators to leave, waits for them as long as configured, and closes the ports. */
    public Future<Void> stop() {
        dropped.end();
        return Future.join(
                        deployments.stream()
                                .filter(vertx.deploymentIDs()::contains)
                                .map(vertx::undeploy)
                                .toList())
                .mapEmpty();
    }
}
