package dev.kestrel.server;

import io.vertx.core.Future;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether a node can do its work, and if not, why. */
final class Readiness {
    private volatile String obstacle = "The node is starting.";
    private volatile Supplier<Future<Void>> store = Future::succeededFuture;
    private volatile BooleanSupplier isNameLost = () -> false;

    /** Everything was started. */
    void started(Supplier<Future<Void>> storeCheck, BooleanSupplier nameLost) {
        store = storeCheck;
        isNameLost = nameLost;
        obstacle = "";
    }

    /** The node is on its way out: whoever has a choice is to go elsewhere. */
    void leaving() {
        obstacle = "The node is leaving.";
    }

    /** Fails with the reason. */
    Future<Void> check() {
        if (!obstacle.isEmpty()) {
            return Future.failedFuture(obstacle);
        }
        return isNameLost.getAsBoolean()
                ? Future.failedFuture("Another node has this one's id.")
                : store.get()
                        .recover(ignored -> Future.failedFuture("The database does not answer."));
    }
}
