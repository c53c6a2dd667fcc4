package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.testkit.Awaited;

import io.vertx.core.Future;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for futures and for conditions, with a deadline. */
final class Served {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Served() {}

    static <T> T await(Future<T> future) {
        return Awaited.await(future.toCompletionStage());
    }

    static void until(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(2_000_000);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
