package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.SimulatedCluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Drives a cluster by a real clock, at its pace or faster, and plays scenarios on it one after
 * another. At speed 1 a cluster whose clock began at the real time keeps to it.
 */
public final class Playback {
    private static final long STEP_MILLIS = 100;

    private final Vertx vertx;
    private final SimulatedCluster cluster;
    private final InstantSource clock;
    private final double speed;
    private final AtomicBoolean busy = new AtomicBoolean();
    private Instant last;
    private long timer = -1;
    private @Nullable ScenarioRun run;

    /**
     * @param speed seconds of the cluster per second of the clock
     */
    public Playback(Vertx vertx, SimulatedCluster cluster, InstantSource clock, double speed) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.clock = clock;
        this.speed = speed;
        this.last = clock.instant();
    }

    /** Lets time pass from now on. */
    public void start() {
        last = clock.instant();
        timer = vertx.setPeriodic(STEP_MILLIS, _ -> keepUp());
    }

    /** Stops time. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** Begins a scenario on the running cluster; its base must be the cluster's. */
    public synchronized ScenarioRun play(Scenario scenario) {
        var begun = ScenarioRun.on(scenario, cluster);
        run = begun;
        return begun;
    }

    /** The scenario played last. */
    public synchronized Optional<ScenarioRun> playing() {
        return Optional.ofNullable(run);
    }

    /** The cluster may be slower than the clock for a moment; it then catches up, never twice. */
    private void keepUp() {
        if (busy.compareAndSet(false, true)) {
            Future<Boolean> step = vertx.executeBlocking(this::step);
            step.onComplete(_ -> busy.set(false));
        }
    }

    private synchronized boolean step() {
        var now = clock.instant();
        var passed = Duration.ofMillis((long) (Duration.between(last, now).toMillis() * speed));
        last = now;
        var current = run;
        if (current == null) {
            cluster.advance(passed);
        } else {
            current.advance(passed);
        }
        return true;
    }
}
