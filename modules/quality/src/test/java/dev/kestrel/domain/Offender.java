package dev.kestrel.domain;

import dev.kestrel.protocol.wire.v1.Heartbeat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Breaks the rules on purpose, so that a test sees them at work. */
public record Offender(Optional<String> maybe) {
    static Offender of(Optional<String> name) {
        LoggerFactory.getLogger(Path.of("a").toString()).info("{}", Instant.now());
        return new Offender(name.or(() -> Optional.of(UUID.randomUUID().toString())));
    }

    static void speak(Vertx vertx) {
        vertx.eventBus().publish("anywhere", Heartbeat.getDefaultInstance());
        Counter.builder("anything").register(new SimpleMeterRegistry());
    }

    /** A verticle that is not named so. */
    public static class Worker extends VerticleBase {}
}
