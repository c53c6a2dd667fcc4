package dev.kestrel.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.TimeUnit;

/** Every metric of the store. */
public final class StoreMetrics {
    private final Counter entries;
    private final Timer commits;
    private final Counter queueFull;
    private final Counter retries;

    public StoreMetrics(MeterRegistry registry) {
        entries =
                Counter.builder("kestrel_journal_entries_appended")
                        .description("journal entries made durable")
                        .register(registry);
        commits =
                Timer.builder("kestrel_journal_committed")
                        .description("time from sending a group of entries to its commit")
                        .register(registry);
        retries =
                Counter.builder("kestrel_journal_commits_retried")
                        .description("commits tried again because a connection broke")
                        .register(registry);
        queueFull =
                Counter.builder("kestrel_limit_hit")
                        .description("how often a limit was hit")
                        .tag("limit", "journal_queue")
                        .register(registry);
    }

    public void journalCommitted(int count, long nanos) {
        entries.increment(count);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void journalRetried() {
        retries.increment();
    }

    public void journalQueueFull() {
        queueFull.increment();
    }
}
