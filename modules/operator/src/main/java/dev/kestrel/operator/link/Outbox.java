package dev.kestrel.operator.link;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.source.Sink;
import dev.kestrel.protocol.OutwardSignals;
import dev.kestrel.protocol.wire.v1.SignalBatch;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The spool, where sources on many threads put signals and the stream takes batches. */
public final class Outbox implements Sink {
    private final Spool spool;
    private final InstantSource clock;
    private Runnable arrival = () -> {};

    public Outbox(SpoolLimits limits, InstantSource clock) {
        this.spool = new Spool(limits);
        this.clock = clock;
    }

    /** What is called, on the source's thread, whenever a signal arrived. */
    synchronized void onArrival(Runnable listener) {
        arrival = listener;
    }

    @Override
    public void accept(Signal signal) {
        var wire = OutwardSignals.wire(signal);
        Runnable listener;
        synchronized (this) {
            spool.offer(wire, clock.instant());
            listener = arrival;
        }
        listener.run();
    }

    @Override
    public synchronized void awaitRoom() throws InterruptedException {
        while (!spool.hasRoom()) {
            wait();
        }
    }

    synchronized Optional<SignalBatch> nextAfter(long sequence) {
        return spool.nextAfter(sequence, clock.instant());
    }

    synchronized void acknowledge(long sequence) {
        spool.acknowledge(sequence);
        notifyAll();
    }

    /** The batch is not taken as it is; says how many signals are lost with it. */
    synchronized int refused(long sequence) {
        return spool.refused(sequence, clock.instant());
    }

    /** The highest batch of this start that the cloud said is durable; 0 when none. */
    public synchronized long acknowledged() {
        return spool.acknowledged();
    }

    synchronized boolean hasWaiting() {
        return spool.hasWaiting();
    }

    synchronized long firstHeld() {
        return spool.firstHeld();
    }

    /**
     * Kinds to tell again because some of them was dropped; empty while there is no room for it.
     */
    synchronized Set<String> takeLostKinds() {
        return spool.hasRoom() ? spool.takeLostKinds() : Set.of();
    }

    /** Signals dropped since the start. */
    public synchronized long shedInAll() {
        return spool.shedInAll();
    }

    /** Signals that are held, whether sent or not. */
    public synchronized int size() {
        return spool.size();
    }
}
