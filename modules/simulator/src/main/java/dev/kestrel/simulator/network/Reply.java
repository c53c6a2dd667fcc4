package dev.kestrel.simulator.network;

import java.time.Duration;

/** What came of a call, and how long it took. */
public sealed interface Reply {
    Duration took();

    /** Somebody answered. */
    record Answered(int code, String body, Duration took) implements Reply {}

    /**
     * Nobody answered.
     *
     * @param error in the words of Go's net package
     */
    record Failed(String error, Duration took) implements Reply {}
}
