package dev.kestrel.testkit.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Ownership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal that outlives its owners but not the test. */
public final class InMemoryJournal implements Journal {
    private final InMemoryOwners owners;
    private final Map<ClusterRef, Log> logs = new TreeMap<>();

    public InMemoryJournal(InMemoryOwners owners) {
        this.owners = owners;
    }

    private static final class Log {
        final List<Entry> entries = new ArrayList<>();
        Optional<Checkpoint> checkpoint = Optional.empty();
        long end;
    }

    @Override
    public synchronized CompletionStage<Appended> append(Ownership ownership, List<Entry> entries) {
        if (owners.isFenced(ownership)) {
            return CompletableFuture.completedStage(Appended.FENCED);
        }
        var log = log(ownership.cluster());
        if (isThere(log, entries)) {
            return CompletableFuture.completedStage(Appended.DURABLE);
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).offset() != log.end + 1 + i) {
                return CompletableFuture.failedStage(
                        new IllegalStateException(
                                "the journal of %s ends at %d, so offset %d does not follow"
                                        .formatted(
                                                ownership.cluster(),
                                                log.end,
                                                entries.get(i).offset())));
            }
        }
        log.entries.addAll(entries);
        log.end += entries.size();
        return CompletableFuture.completedStage(Appended.DURABLE);
    }

    private static boolean isThere(Log log, List<Entry> entries) {
        return entries.stream()
                .allMatch(
                        entry ->
                                log.entries.stream()
                                        .filter(kept -> kept.offset() == entry.offset())
                                        .anyMatch(kept -> isSame(kept, entry)));
    }

    private static boolean isSame(Entry one, Entry other) {
        return one.kind() == other.kind()
                && one.bootId().equals(other.bootId())
                && one.sequence() == other.sequence()
                && Arrays.equals(one.body(), other.body());
    }

    @Override
    public synchronized CompletionStage<List<Entry>> read(
            ClusterRef cluster, long afterOffset, int limit) {
        return CompletableFuture.completedStage(
                log(cluster).entries.stream()
                        .filter(entry -> entry.offset() > afterOffset)
                        .limit(limit)
                        .toList());
    }

    @Override
    public synchronized CompletionStage<Optional<Checkpoint>> latestCheckpoint(ClusterRef cluster) {
        return CompletableFuture.completedStage(log(cluster).checkpoint);
    }

    @Override
    public synchronized CompletionStage<Appended> checkpoint(
            Ownership ownership, Checkpoint checkpoint) {
        if (owners.isFenced(ownership)) {
            return CompletableFuture.completedStage(Appended.FENCED);
        }
        var log = log(ownership.cluster());
        if (log.checkpoint.stream().noneMatch(kept -> kept.offset() > checkpoint.offset())) {
            log.checkpoint = Optional.of(checkpoint);
            log.entries.removeIf(entry -> entry.offset() <= checkpoint.offset());
        }
        return CompletableFuture.completedStage(Appended.DURABLE);
    }

    private Log log(ClusterRef cluster) {
        return logs.computeIfAbsent(cluster, _ -> new Log());
    }
}
