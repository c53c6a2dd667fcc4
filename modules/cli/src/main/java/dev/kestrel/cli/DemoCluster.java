package dev.kestrel.cli;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.operator.OperatorConfig;
import dev.kestrel.operator.RunningOperator;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.api.Identity;
import dev.kestrel.simulator.api.SimulatedApiServer;
import dev.kestrel.simulator.node.Timings;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A simulated cluster that lives in the clock's time, with its API and an operator watching it. */
final class DemoCluster {
    private static final Duration BOOKMARKS = Duration.ofSeconds(10);
    private static final long PUMP_MILLIS = 50;
    private static final List<String> KINDS =
            List.of("Deployment", "StatefulSet", "DaemonSet", "Service");

    private final SimulatedCluster cluster;
    private final InstantSource clock;
    private final List<ScenarioRun> runs = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService pump;
    private final SimulatedApiServer api;
    private final RunningOperator operator;

    private DemoCluster(
            SimulatedCluster cluster,
            InstantSource clock,
            SimulatedApiServer api,
            RunningOperator operator) {
        this.cluster = cluster;
        this.clock = clock;
        this.api = api;
        this.operator = operator;
        pump =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("cluster").factory());
    }

    /**
     * Builds the scenario's base cluster, lets it settle, and puts an operator in write mode on it.
     *
     * @param folder for the operator's identity
     */
    static Future<DemoCluster> start(
            Vertx vertx,
            LocalCloud cloud,
            ClusterRef ref,
            Scenario scenario,
            InstantSource clock,
            RandomGenerator random,
            Path folder) {
        var token = new byte[24];
        random.nextBytes(token);
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
                        cluster ->
                                new SimulatedApiServer(
                                                vertx,
                                                cluster,
                                                new SimulatedApiServer.Options(
                                                        0,
                                                        BOOKMARKS,
                                                        Instant.now(),
                                                        List.of(Identity.writer(secret))))
                                        .start()
                                        .compose(
                                                api ->
                                                        cloud.startOperator(
                                                                        ref,
                                                                        api.kubeconfig(secret),
                                                                        folder,
                                                                        new OperatorConfig.Write(
                                                                                true,
                                                                                List.of("*"),
                                                                                KINDS))
                                                                .map(
                                                                        operator ->
                                                                                new DemoCluster(
                                                                                        cluster,
                                                                                        clock, api,
                                                                                        operator))))
                .onSuccess(DemoCluster::letTimePass);
    }

    private void letTimePass() {
        pump.scheduleWithFixedDelay(this::catchUp, 0, PUMP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void catchUp() {
        var behind = Duration.between(cluster.now(), clock.instant());
        if (behind.isNegative()) {
            return;
        }
        cluster.advance(behind);
        runs.forEach(run -> run.advance(Duration.ZERO));
    }

    /** Begins a scenario whose base this cluster has; its steps happen as time passes. */
    ScenarioRun play(Scenario scenario) {
        var run = ScenarioRun.on(scenario, cluster);
        runs.add(run);
        return run;
    }

    boolean isWatched() {
        return operator.isConnected();
    }

    Instant now() {
        return cluster.now();
    }

    Future<Void> stop() {
        pump.shutdown();
        return operator.stop().eventually(api::stop);
    }
}
