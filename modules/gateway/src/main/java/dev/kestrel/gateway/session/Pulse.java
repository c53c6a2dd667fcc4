package dev.kestrel.gateway.session;

import dev.kestrel.gateway.limit.GatewayConfig;

import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The heartbeat of one stream: sends a sign of life at each interval, and notices when the other
 * side gives none. Time in which nothing was read does not count as silence.
 */
final class Pulse {
    private final Vertx vertx;
    private final InstantSource clock;
    private final Duration silence;
    private final Runnable onSilence;
    private final long heartbeat;
    private long watch;
    private Instant heardAt;
    private boolean reading = true;

    private Pulse(
            Vertx vertx,
            InstantSource clock,
            GatewayConfig config,
            Runnable beat,
            Runnable onSilence) {
        this.vertx = vertx;
        this.clock = clock;
        this.silence = config.silence();
        this.onSilence = onSilence;
        this.heardAt = clock.instant();
        this.heartbeat = vertx.setPeriodic(config.heartbeat().toMillis(), timer -> beat.run());
        watchFor(silence);
    }

    static Pulse start(
            Vertx vertx,
            InstantSource clock,
            GatewayConfig config,
            Runnable beat,
            Runnable onSilence) {
        return new Pulse(vertx, clock, config, beat, onSilence);
    }

    /** The other side said something. */
    void heard(Instant now) {
        heardAt = now;
    }

    /** Whether the other side can be heard at all just now. */
    void reading(boolean reads) {
        reading = reads;
        heardAt = clock.instant();
    }

    void stop() {
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(watch);
    }

    private void watchFor(Duration rest) {
        watch = vertx.setTimer(Math.max(1, rest.toMillis()), timer -> look());
    }

    private void look() {
        var rest = silence.minus(Duration.between(heardAt, clock.instant()));
        if (!reading) {
            watchFor(silence);
        } else if (rest.isPositive()) {
            watchFor(rest);
        } else {
            onSilence.run();
        }
    }
}
