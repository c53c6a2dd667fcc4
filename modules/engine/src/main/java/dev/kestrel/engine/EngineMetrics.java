package dev.kestrel.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Everything that the engine counts. */
public final class EngineMetrics {
    private final MeterRegistry meters;
    private final Counter concluded;
    private final Counter backlogFull;
    private final Counter inventoryFull;
    private final Timer delay;
    private final AtomicInteger backlog = new AtomicInteger();

    /**
     * @param cpuSeconds that the reasoning used so far on this node
     */
    public EngineMetrics(MeterRegistry meters, DoubleSupplier cpuSeconds) {
        this.meters = meters;
        concluded =
                Counter.builder("kestrel_journal_entries_concluded")
                        .description("Journal entries that the reasoning took in")
                        .register(meters);
        backlogFull = limit("reasoning_backlog");
        inventoryFull = limit("inventory");
        delay =
                Timer.builder("kestrel_journal_entry_concluded_after")
                        .description("From an entry's being durable to its being reasoned about")
                        .publishPercentileHistogram()
                        .register(meters);
        Gauge.builder("kestrel_reasoning_backlog", backlog, AtomicInteger::get)
                .description("Journal entries that are durable and not reasoned about yet")
                .register(meters);
        FunctionCounter.builder(
                        "kestrel_reasoning_cpu_seconds", cpuSeconds, DoubleSupplier::getAsDouble)
                .description("CPU time of the threads that the reasoning runs on")
                .register(meters);
    }

    private Counter limit(String name) {
        return Counter.builder("kestrel_limit_hit")
                .description("Limits that were hit")
                .tag("limit", name)
                .register(meters);
    }

    /**
     * A signal could not be read and is taken as lost; counted again when it is replayed.
     *
     * @param reason of a fixed set
     */
    public void signalRefused(String reason) {
        Counter.builder("kestrel_signals_refused")
                .description("Signals that could not be read, each time their batch was")
                .tag("reason", reason.toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    void backlog(int more) {
        backlog.addAndGet(more);
    }

    void backlogFull() {
        backlogFull.increment();
    }

    /** Objects of a cluster found no room. */
    void inventoryFull(long objects) {
        inventoryFull.increment((double) objects);
    }

    void concluded(long nanosSinceDurable) {
        concluded.increment();
        delay.record(nanosSinceDurable, TimeUnit.NANOSECONDS);
    }
}
