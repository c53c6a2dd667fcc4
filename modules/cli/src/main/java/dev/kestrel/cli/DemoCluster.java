package dev.kestrel.cli;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.api.Identity;
import dev.kestrel.simulator.api.SimulatedApiServer;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.scenario.Playback;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A simulated cluster that lives in the reasoning's time, with its API and an operator in write
 * mode watching it.
 */
public final class DemoCluster {
    private static final Duration BOOKMARKS = Duration.ofSeconds(10);
    private static final List<String> KINDS =
            List.of(
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "Service",
                    "NetworkPolicy",
                    "PeerAuthentication");

    private final SimulatedCluster cluster;
    private final Playback playback;
    private final SimulatedApiServer api;
    private final SimulatedRelay relay;
    private final RunningOperator operator;

    private DemoCluster(
            SimulatedCluster cluster,
            Playback playback,
            SimulatedApiServer api,
            SimulatedRelay relay,
            RunningOperator operator) {
        this.cluster = cluster;
        this.playback = playback;
        this.api = api;
        this.relay = relay;
        this.operator = operator;
    }

    /**
     * Builds the scenario's base cluster, lets it settle, and enrols it.
     *
     * @param folder for the operator's identity
     */
    public static Future<DemoCluster> start(
            LocalCloud cloud, ClusterRef ref, Scenario scenario, Path folder) {
        var vertx = cloud.vertx();
        var clock = cloud.outside().reasoningClock();
        var token = new byte[24];
        cloud.outside().random().nextBytes(token);
        var secret = HexFormat.of().formatHex(token);
        return vertx.executeBlocking(() -> settled(scenario, clock.instant()), false)
                .compose(
                        cluster -> {
                            var playback = new Playback(vertx, cluster, clock, 1);
                            playback.start();
                            var now = cloud.outside().clock().instant();
                            var front = serve(vertx, cluster, now, secret);
                            var relay = SimulatedRelay.start(vertx, cluster);
                            return Future.all(front, relay)
                                    .compose(
                                            _ ->
                                                    watch(
                                                            cloud,
                                                            ref,
                                                            front.result().kubeconfig(secret),
                                                            folder,
                                                            cluster,
                                                            relay.result()))
                                    .map(
                                            operator ->
                                                    new DemoCluster(
                                                            cluster,
                                                            playback,
                                                            front.result(),
                                                            relay.result(),
                                                            operator));
                        });
    }

    private static SimulatedCluster settled(Scenario scenario, Instant now) {
        var begin = now.minus(ScenarioRun.SETTLING);
        return ScenarioRun.prepare(scenario, Timings.KUBERNETES, begin, 1).cluster();
    }

    private static Future<RunningOperator> watch(
            LocalCloud cloud,
            ClusterRef ref,
            String kubeconfig,
            Path folder,
            SimulatedCluster cluster,
            SimulatedRelay relay) {
        var hubble = new RelaySettings(relay.address(), "", "", "");
        return cloud.startOperator(ref, kubeconfig, folder, write(cluster), hubble);
    }

    private static Future<SimulatedApiServer> serve(
            Vertx vertx, SimulatedCluster cluster, Instant now, String secret) {
        var options =
                new SimulatedApiServer.Options(0, BOOKMARKS, now, List.of(Identity.writer(secret)));
        return new SimulatedApiServer(vertx, cluster, options).start();
    }

    private static OperatorConfig.Write write(SimulatedCluster cluster) {
        var namespaces =
                cluster.inside(
                        inside ->
                                inside.store().list(ResourceTypes.NAMESPACE).stream()
                                        .map(one -> one.key().name())
                                        .toList());
        return new OperatorConfig.Write(true, namespaces, KINDS);
    }

    /** Begins a scenario whose base this cluster has; its steps happen as time passes. */
    public ScenarioRun play(Scenario scenario) {
        return playback.play(scenario);
    }

    Instant now() {
        return cluster.now();
    }

    /** Ends the operator, then what it watches. */
    public Future<Void> stop() {
        playback.stop();
        return operator.stop().eventually(relay::stop).eventually(api::stop);
    }
}
