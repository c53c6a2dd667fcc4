package dev.kestrel.cli;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
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
            List.of("Deployment", "StatefulSet", "DaemonSet", "Service");

    private final SimulatedCluster cluster;
    private final Playback playback;
    private final SimulatedApiServer api;
    private final RunningOperator operator;

    private DemoCluster(
            SimulatedCluster cluster,
            Playback playback,
            SimulatedApiServer api,
            RunningOperator operator) {
        this.cluster = cluster;
        this.playback = playback;
        this.api = api;
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
        return vertx.executeBlocking(
                        () ->
                                ScenarioRun.prepare(
                                                scenario,
                                                Timings.KUBERNETES,
                                                clock.instant().minus(ScenarioRun.SETTLING),
                                                1)
                                        .cluster(),
                        false)
                .compose(
                        cluster -> {
                            var playback = new Playback(vertx, cluster, clock, 1);
                            playback.start();
                            return serve(vertx, cluster, cloud.outside().clock().instant(), secret)
                                    .compose(
                                            api ->
                                                    cloud.startOperator(
                                                                    ref,
                                                                    api.kubeconfig(secret),
                                                                    folder,
                                                                    write(cluster))
                                                            .map(
                                                                    operator ->
                                                                            new DemoCluster(
                                                                                    cluster,
                                                                                    playback, api,
                                                                                    operator)));
                        });
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

    /** Ends the operator, then the simulated API. */
    public Future<Void> stop() {
        playback.stop();
        return operator.stop().eventually(api::stop);
    }
}
