package dev.kestrel.simulator.node;

import dev.kestrel.simulator.network.Reply;

import java.time.Duration;
import java.time.Instant;

/** A process inside a container, from its start to its end. */
public interface Program {
    /** Ran out of nothing yet. */
    int RUNNING = -1;

    /** Lives on until a moment, and says with which code it has ended, or {@link #RUNNING}. */
    int live(Instant now);

    /** Memory it holds, in bytes. */
    long bytes(Instant now);

    /** Whether it accepts connections on a port. */
    boolean listens(int port);

    /** Answers an HTTP request. */
    default Reply get(String path, Instant now) {
        return new Reply.Answered(404, "404 page not found", Duration.ofMillis(1));
    }

    /** Whether it ends when it is told to terminate; one that does not is killed after a grace. */
    default boolean heedsTermination() {
        return true;
    }

    /** How it ends when it is told to terminate. */
    default int terminated() {
        return 2;
    }
}
