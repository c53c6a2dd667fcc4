package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Signal;

/** Where sources put what they saw. Safe to call from any thread; never blocks. */
public interface Sink {
    void accept(Signal signal);

    /**
     * Waits until a lot may be put in without anything being dropped; for snapshots, which would
     * otherwise fill every bound at once.
     */
    void awaitRoom() throws InterruptedException;
}
