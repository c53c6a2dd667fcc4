package dev.kestrel.quality.simulation;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Journal.Kind;
import dev.kestrel.domain.signal.Ownership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that was ever written about one cluster, also what a checkpoint made unnecessary. It
 * notices when an older owner writes after a newer one, and what is missing or there twice.
 */
final class Ledger {
    private final ClusterRef cluster;
    private final World world;
    private final List<Entry> history = new ArrayList<>();
    private final TreeMap<Instant, Long> durable = new TreeMap<>();
    private final Map<String, Long> sequences = new TreeMap<>();
    private final Conclusions saved = new Conclusions();
    private final Shadow shadow;
    private final Map<String, String> newest = new TreeMap<>();
    private String owner = "";
    private long claimed;
    private Instant claimedAt = Instant.MIN;
    private long epoch;

    Ledger(ClusterRef cluster, World world, Thinking thinking) {
        this.cluster = cluster;
        this.world = world;
        shadow = new Shadow(cluster, thinking, this::broken);
    }

    List<Entry> history() {
        return List.copyOf(history);
    }

    /** The last entry that was durable by then; 0 when none was. */
    long offset(Instant by) {
        var last = durable.floorEntry(by);
        return last == null ? 0 : last.getValue();
    }

    /** Highest sequence of a boot that is in the journal. */
    long sequence(String bootId) {
        return sequences.getOrDefault(bootId, 0L);
    }

    /** What should have been concluded. */
    Shadow shadow() {
        return shadow;
    }

    /** Every revision that was ever saved. */
    Conclusions saved() {
        return saved;
    }

    /** Each incident as it was saved last, by id. */
    Map<String, String> newest() {
        return newest;
    }

    /** When the cluster was claimed last. */
    Instant claimedAt() {
        return claimedAt;
    }

    void claimed(Ownership ownership) {
        if (ownership.epoch() != claimed + 1) {
            broken("epoch %d was claimed after %d".formatted(ownership.epoch(), claimed));
        }
        claimed = ownership.epoch();
        claimedAt = world.timeline().instant();
        if (!owner.equals(ownership.node())) {
            owner = ownership.node();
            world.chronicle()
                    .tell(
                            Happening.OWNER_CHANGED,
                            "%s owns %s, epoch %d".formatted(owner, cluster, claimed));
        }
    }

    void appended(Ownership ownership, List<Entry> entries, Appended appended) {
        if (isWritten(ownership, appended)) {
            entries.forEach(this::keep);
        }
    }

    void checkpointed(Ownership ownership, long offset, Appended appended) {
        if (isWritten(ownership, appended)) {
            world.chronicle().count(Happening.CHECKPOINT_SAVED);
            shadow.revisions(offset).forEach((id, revision) -> mustBeSaved(id, revision, offset));
        }
    }

    /** What a checkpoint covers is not read again: whatever follows from it is told by then. */
    private void mustBeSaved(String id, long revision, long offset) {
        var known = saved.of(id);
        if (known.isEmpty() || known.lastKey() < revision) {
            broken(
                    "a checkpoint covers %d entries, so %s is at revision %d, and only %s is saved"
                            .formatted(offset, id, revision, known.keySet()));
        }
    }

    void saved(Ownership ownership, List<IncidentArchive.Document> documents, Appended appended) {
        if (isWritten(ownership, appended)) {
            documents.forEach(this::keep);
        }
    }

    private boolean isWritten(Ownership ownership, Appended appended) {
        if (appended == Appended.FENCED) {
            world.chronicle().count(Happening.WRITE_FENCED);
            return false;
        }
        if (ownership.epoch() < Math.max(claimed, epoch)) {
            broken(
                    "epoch %d of %s wrote after epoch %d was claimed"
                            .formatted(ownership.epoch(), ownership.node(), claimed));
        }
        epoch = Math.max(epoch, ownership.epoch());
        return true;
    }

    private void keep(IncidentArchive.Document document) {
        if (!document.cluster().equals(cluster)) {
            broken("an incident of %s was saved".formatted(document.cluster()));
        }
        world.chronicle().count(Happening.REVISION_SAVED);
        try {
            saved.add(document.id(), document.revision(), document.json());
        } catch (AssertionError e) {
            broken("saved twice, and not the same: " + e.getMessage());
        }
        if (saved.of(document.id()).lastKey() == document.revision()) {
            newest.put(document.id(), document.json());
        }
    }

    private void keep(Entry entry) {
        if (entry.offset() <= history.size()) {
            var kept = history.get(Math.toIntExact(entry.offset()) - 1);
            if (!Arrays.equals(kept.body(), entry.body())) {
                broken("offset %d was written twice".formatted(entry.offset()));
            }
        } else if (entry.offset() == history.size() + 1) {
            history.add(entry);
            durable.put(world.timeline().instant(), entry.offset());
            shadow.read(entry);
            world.chronicle().count(Happening.ENTRY_JOURNALLED);
            inOrder(entry);
        } else {
            broken("offset %d leaves a gap".formatted(entry.offset()));
        }
    }

    private void inOrder(Entry entry) {
        if (entry.kind() == Kind.BATCH) {
            var before = sequence(entry.bootId());
            if (entry.sequence() != before + 1) {
                broken(
                        "%s: batch %d follows %d at offset %d"
                                .formatted(
                                        entry.bootId(), entry.sequence(), before, entry.offset()));
            }
            sequences.put(entry.bootId(), entry.sequence());
        }
    }

    private void broken(String what) {
        world.timeline().broken(cluster + ": " + what);
    }
}
