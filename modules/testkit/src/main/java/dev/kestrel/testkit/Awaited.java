package dev.kestrel.testkit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what was promised or is to come about, so that a test reads from top to bottom. */
public final class Awaited {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private Awaited() {}

    /**
     * The stage's value.
     *
     * @throws IllegalStateException with the failure as its cause when the stage fails, or when
     *     nothing came within 30 s
     */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "it failed: " + e.getCause(), e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing came within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /**
     * Returns when a condition holds that another thread or process brings about.
     *
     * @throws AssertionError saying what, when it does not hold for so long that no loaded machine
     *     explains it
     */
    public static void until(String what, BooleanSupplier holds) {
        var end = System.nanoTime() + LONG.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no %s within %s".formatted(what, LONG));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
