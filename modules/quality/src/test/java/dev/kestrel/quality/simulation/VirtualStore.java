package dev.kestrel.quality.simulation;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.engine.Ports;
import dev.kestrel.protocol.WireSignalCodec;
import dev.kestrel.testkit.access.InMemoryClusters;
import dev.kestrel.testkit.incident.InMemoryIncidentArchive;
import dev.kestrel.testkit.signal.InMemoryJournal;
import dev.kestrel.testkit.signal.InMemoryOwners;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The database behind all nodes, each call a while away in both directions: a node can die while a
 * write is on its way, or when it is done and the answer is not back.
 */
final class VirtualStore {
    private final Timeline timeline;
    private final Mishaps mishaps;
    private final InMemoryOwners owners = new InMemoryOwners();
    private final InMemoryIncidentArchive archive = new InMemoryIncidentArchive(owners);
    private final InMemoryClusters clusters = new InMemoryClusters(owners);
    private final RecordedJournal journal;
    private final Conclusions saved = new Conclusions();
    private int lost;

    VirtualStore(Timeline timeline, Mishaps mishaps) {
        this.timeline = timeline;
        this.mishaps = mishaps;
        journal = new RecordedJournal(new InMemoryJournal(owners), timeline::broken);
    }

    RecordedJournal journal() {
        return journal;
    }

    /** Calls that got no answer. */
    int lost() {
        return lost;
    }

    /** Every revision that was ever saved. */
    Conclusions saved() {
        return saved;
    }

    /** The store as a node reaches it. */
    Ports of(VirtualNode node) {
        return new Ports(
                new NodeJournal(node),
                new NodeOwners(node),
                new NodeArchive(node),
                clusters,
                new WireSignalCodec());
    }

    private <T> CompletionStage<T> call(VirtualNode node, Supplier<CompletionStage<T>> what) {
        var answer = new CompletableFuture<T>();
        var lost = mishaps.isLost();
        this.lost += lost ? 1 : 0;
        var reached = !lost || timeline.chance(0.5);
        timeline.after(
                timeline.between(1, 25).plus(mishaps.delay()),
                () -> {
                    // What a node sent before it died arrives or does not.
                    if (reached && (node.isAlive() || timeline.chance(0.5))) {
                        what.get()
                                .whenComplete(
                                        (value, failure) ->
                                                back(node, answer, lost, value, failure));
                    } else {
                        node.after(
                                Duration.ofMillis(5), () -> answer.completeExceptionally(down()));
                    }
                });
        return answer;
    }

    private <T> void back(
            VirtualNode node,
            CompletableFuture<T> answer,
            boolean lost,
            T value,
            @Nullable Throwable failure) {
        mishaps.onDone(node);
        node.after(
                timeline.between(1, 25),
                () -> {
                    if (lost) {
                        answer.completeExceptionally(down());
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        answer.complete(value);
                    }
                });
    }

    private void keep(IncidentArchive.Document document) {
        try {
            saved.add(document.id(), document.revision(), document.json());
        } catch (AssertionError e) {
            timeline.broken("saved twice, and not the same: " + e.getMessage());
        }
    }

    private static IllegalStateException down() {
        return new IllegalStateException("the database is away");
    }

    private final class NodeJournal implements Journal {
        private final VirtualNode node;

        NodeJournal(VirtualNode node) {
            this.node = node;
        }

        @Override
        public CompletionStage<Appended> append(Ownership ownership, List<Entry> entries) {
            return call(node, () -> journal.append(ownership, entries));
        }

        @Override
        public CompletionStage<List<Entry>> read(ClusterRef cluster, long afterOffset, int limit) {
            return call(node, () -> journal.read(cluster, afterOffset, limit));
        }

        @Override
        public CompletionStage<Optional<Checkpoint>> latestCheckpoint(ClusterRef cluster) {
            return call(node, () -> journal.latestCheckpoint(cluster));
        }

        @Override
        public CompletionStage<Appended> checkpoint(Ownership ownership, Checkpoint checkpoint) {
            return call(node, () -> journal.checkpoint(ownership, checkpoint));
        }
    }

    private final class NodeOwners implements Owners {
        private final VirtualNode node;

        NodeOwners(VirtualNode node) {
            this.node = node;
        }

        @Override
        public CompletionStage<Ownership> claim(
                ClusterRef cluster, String name, Instant now, Duration lease) {
            return call(node, () -> owners.claim(cluster, name, now, lease));
        }

        @Override
        public CompletionStage<Optional<Ownership>> adopt(
                ClusterRef cluster, String name, Instant now, Duration lease) {
            return call(node, () -> owners.adopt(cluster, name, now, lease));
        }

        @Override
        public CompletionStage<Optional<Ownership>> renew(
                Ownership ownership, Instant now, Duration lease) {
            return call(node, () -> owners.renew(ownership, now, lease));
        }

        @Override
        public CompletionStage<Boolean> release(Ownership ownership) {
            return call(node, () -> owners.release(ownership));
        }

        @Override
        public CompletionStage<Optional<Ownership>> find(ClusterRef cluster) {
            return call(node, () -> owners.find(cluster));
        }

        @Override
        public CompletionStage<List<ClusterRef>> orphans(Instant now, int limit) {
            return call(node, () -> owners.orphans(now, limit));
        }
    }

    private final class NodeArchive implements IncidentArchive {
        private final VirtualNode node;

        NodeArchive(VirtualNode node) {
            this.node = node;
        }

        @Override
        public CompletionStage<Journal.Appended> save(
                Ownership ownership, List<Document> documents) {
            return call(
                    node,
                    () ->
                            archive.save(ownership, documents)
                                    .whenComplete(
                                            (appended, _) -> {
                                                if (appended == Journal.Appended.DURABLE) {
                                                    documents.forEach(VirtualStore.this::keep);
                                                }
                                            }));
        }

        @Override
        public CompletionStage<Page> list(String tenant, Filter filter) {
            return call(node, () -> archive.list(tenant, filter));
        }

        @Override
        public CompletionStage<Optional<Document>> find(String tenant, String id) {
            return call(node, () -> archive.find(tenant, id));
        }
    }
}
