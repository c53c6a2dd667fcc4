package dev.kestrel.cli;

import io.vertx.core.Future;

import java.util.concurrent.CompletionException;

/** Waits for a future on the command's own thread. */
final class Waiting {
    private Waiting() {}

    static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException inner ? inner : e;
        }
    }

    /** Runs an end at Ctrl-C or SIGTERM, for at most as long as a person would wait. */
    static void atExit(Runnable end) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(end));
    }
}
