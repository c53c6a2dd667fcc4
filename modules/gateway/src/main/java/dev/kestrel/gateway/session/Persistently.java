package dev.kestrel.gateway.session;

import dev.kestrel.bus.Bus;
import dev.kestrel.bus.Topic;
import dev.kestrel.bus.Topics.Noted;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Tells a cluster's owner something until it is noted: an owner may just be moving. */
final class Persistently {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Bus bus;
    private final InstantSource clock;

    Persistently(Vertx vertx, Bus bus, InstantSource clock) {
        this.vertx = vertx;
        this.bus = bus;
        this.clock = clock;
    }

    /** True when it was noted, false when nobody did within the patience. */
    <M> Future<Boolean> tell(Topic.Question<M, Noted> topic, M message, Duration patience) {
        return tell(topic, message, clock.instant().plus(patience), PAUSE);
    }

    private <M> Future<Boolean> tell(
            Topic.Question<M, Noted> topic, M message, Instant until, Duration pause) {
        return bus.ask(topic, message)
                .map(noted -> noted.map(Noted::accepted).orElse(false))
                .otherwise(false)
                .compose(
                        noted -> {
                            if (noted || clock.instant().isAfter(until)) {
                                return Future.succeededFuture(noted);
                            }
                            var longer = pause.multipliedBy(2);
                            return vertx.timer(pause.toMillis(), TimeUnit.MILLISECONDS)
                                    .compose(
                                            rested ->
                                                    tell(
                                                            topic,
                                                            message,
                                                            until,
                                                            longer.compareTo(LONGEST_PAUSE) < 0
                                                                    ? longer
                                                                    : LONGEST_PAUSE));
                        });
    }
}
