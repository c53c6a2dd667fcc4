package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Ownership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A journal that remembers everything, also what a checkpoint made unnecessary, and notices when an
 * older owner writes after a newer one.
 */
final class RecordedJournal implements Journal {
    private final Journal journal;
    private final Consumer<String> broken;
    private final List<Entry> history = new ArrayList<>();
    private final Map<String, Long> sequences = new TreeMap<>();
    private long epoch;
    private int fenced;
    private int checkpoints;

    /**
     * @param broken told what may never happen
     */
    RecordedJournal(Journal journal, Consumer<String> broken) {
        this.journal = journal;
        this.broken = broken;
    }

    List<Entry> history() {
        return List.copyOf(history);
    }

    /** Highest sequence of a boot that is in the journal. */
    long sequence(String bootId) {
        return sequences.getOrDefault(bootId, 0L);
    }

    /** Appends that were refused. */
    int fenced() {
        return fenced;
    }

    int checkpoints() {
        return checkpoints;
    }

    @Override
    public CompletionStage<Appended> append(Ownership ownership, List<Entry> entries) {
        return journal.append(ownership, entries)
                .whenComplete(
                        (appended, _) -> {
                            if (appended == Appended.DURABLE) {
                                written(ownership);
                                entries.forEach(this::keep);
                            } else if (appended == Appended.FENCED) {
                                fenced++;
                            }
                        });
    }

    private void written(Ownership ownership) {
        if (ownership.epoch() < epoch) {
            broken.accept("epoch %d wrote after %d".formatted(ownership.epoch(), epoch));
        }
        epoch = Math.max(epoch, ownership.epoch());
    }

    private void keep(Entry entry) {
        if (entry.offset() <= history.size()) {
            var kept = history.get(Math.toIntExact(entry.offset()) - 1);
            if (!Arrays.equals(kept.body(), entry.body())) {
                broken.accept("offset %d was written twice".formatted(entry.offset()));
            }
        } else if (entry.offset() == history.size() + 1) {
            history.add(entry);
            inOrder(entry);
        } else {
            broken.accept("offset %d leaves a gap".formatted(entry.offset()));
        }
    }

    private void inOrder(Entry entry) {
        if (entry.kind() == Kind.BATCH) {
            var before = sequence(entry.bootId());
            if (entry.sequence() != before + 1) {
                broken.accept(
                        "%s: batch %d follows %d at offset %d"
                                .formatted(
                                        entry.bootId(), entry.sequence(), before, entry.offset()));
            }
            sequences.put(entry.bootId(), entry.sequence());
        }
    }

    @Override
    public CompletionStage<List<Entry>> read(ClusterRef cluster, long afterOffset, int limit) {
        return journal.read(cluster, afterOffset, limit);
    }

    @Override
    public CompletionStage<Optional<Checkpoint>> latestCheckpoint(ClusterRef cluster) {
        return journal.latestCheckpoint(cluster);
    }

    @Override
    public CompletionStage<Appended> checkpoint(Ownership ownership, Checkpoint checkpoint) {
        return journal.checkpoint(ownership, checkpoint)
                .whenComplete(
                        (saved, _) -> {
                            if (saved == Appended.DURABLE) {
                                written(ownership);
                                checkpoints++;
                            }
                        });
    }
}
