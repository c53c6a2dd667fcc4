package dev.kestrel.quality.simulation;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.reasoning.Thinking;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The database behind all nodes, each call a while away in both directions: a node can die, and the
 * database restart, while a write is on its way, or when it is done and the answer is not back.
 */
final class VirtualStore {
    private final World world;
    private final Thinking thinking;
    private final Timeline timeline;
    private final Consumer<VirtualNode> onDone;
    private final InMemoryOwners owners = new InMemoryOwners();
    private final InMemoryJournal journal = new InMemoryJournal(owners);
    private final InMemoryIncidentArchive archive = new InMemoryIncidentArchive(owners);
    private final InMemoryClusters clusters = new InMemoryClusters(owners);
    private final Map<ClusterRef, Ledger> ledgers = new TreeMap<>();
    private Instant up = Instant.MIN;
    private Instant slowUntil = Instant.MIN;
    private int starts;

    /**
     * @param onDone told that a node's call was done and not answered: the moment to die
     */
    VirtualStore(World world, Thinking thinking, Consumer<VirtualNode> onDone) {
        this.world = world;
        this.thinking = thinking;
        this.timeline = world.timeline();
        this.onDone = onDone;
    }

    /** What was written about a cluster. */
    Ledger ledger(ClusterRef cluster) {
        return ledgers.computeIfAbsent(cluster, one -> new Ledger(one, world, thinking));
    }

    /** Every connection breaks, and none is accepted for so long; what was committed stays. */
    void restart(Duration away) {
        starts++;
        up = timeline.instant().plus(away);
    }

    /** Every call takes long for a while. */
    void slow(Duration time) {
        slowUntil = timeline.instant().plus(time);
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
        return call(node, Duration.ZERO, what);
    }

    private <T> CompletionStage<T> call(
            VirtualNode node, Duration late, Supplier<CompletionStage<T>> what) {
        var answer = new CompletableFuture<T>();
        var lost = world.chance(0.005);
        if (lost) {
            world.chronicle().count(Happening.CALL_LOST);
        }
        var reached = !lost || timeline.chance(0.5);
        var start = starts;
        var usual = timeline.instant().plus(latency()).plus(late);
        timeline.at(
                world.network().arrival(node.name(), Network.STORE, usual),
                () -> {
                    // What a node sent before it died arrives or does not.
                    if (isUp(start) && reached && (node.isAlive() || timeline.chance(0.5))) {
                        what.get()
                                .whenComplete(
                                        (value, failure) ->
                                                back(node, start, answer, lost, value, failure));
                    } else {
                        fail(node, answer);
                    }
                });
        return answer;
    }

    private boolean isUp(int start) {
        return start == starts && !timeline.instant().isBefore(up);
    }

    private Duration latency() {
        var usual = timeline.between(1, 25);
        return timeline.instant().isBefore(slowUntil)
                ? usual.plus(timeline.between(100, 2_500))
                : usual;
    }

    private <T> void back(
            VirtualNode node,
            int start,
            CompletableFuture<T> answer,
            boolean lost,
            T value,
            @Nullable Throwable failure) {
        onDone.accept(node);
        var usual = timeline.instant().plus(timeline.between(1, 25));
        node.at(
                world.network().arrival(Network.STORE, node.name(), usual),
                () -> {
                    if (lost || start != starts) {
                        answer.completeExceptionally(down());
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        answer.complete(value);
                    }
                });
    }

    private static void fail(VirtualNode node, CompletableFuture<?> answer) {
        node.after(Duration.ofMillis(5), () -> answer.completeExceptionally(down()));
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
            return call(
                    node,
                    () ->
                            journal.append(ownership, entries)
                                    .whenComplete(
                                            (appended, failure) -> {
                                                if (failure == null) {
                                                    ledger(ownership.cluster())
                                                            .appended(ownership, entries, appended);
                                                }
                                            }));
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
            return call(
                    node,
                    () ->
                            journal.checkpoint(ownership, checkpoint)
                                    .thenApply(
                                            appended -> {
                                                ledger(ownership.cluster())
                                                        .checkpointed(
                                                                ownership,
                                                                checkpoint.offset(),
                                                                appended);
                                                return appended;
                                            }));
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
            return call(
                    node,
                    () ->
                            owners.claim(cluster, name, now, lease)
                                    .thenApply(
                                            claimed -> {
                                                ledger(cluster).claimed(claimed);
                                                return claimed;
                                            }));
        }

        @Override
        public CompletionStage<Optional<Ownership>> adopt(
                ClusterRef cluster, String name, Instant now, Duration lease) {
            return call(
                    node,
                    () ->
                            owners.adopt(cluster, name, now, lease)
                                    .thenApply(
                                            adopted -> {
                                                adopted.ifPresent(ledger(cluster)::claimed);
                                                return adopted;
                                            }));
        }

        @Override
        public CompletionStage<Optional<Ownership>> renew(
                Ownership ownership, Instant now, Duration lease) {
            var isLate = world.chance(0.03);
            if (isLate) {
                world.chronicle().count(Happening.LEASE_LATE);
            }
            return call(
                    node,
                    isLate ? timeline.between(1_000, 10_000) : Duration.ZERO,
                    () -> owners.renew(ownership, now, lease));
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
                                    .thenApply(
                                            appended -> {
                                                ledger(ownership.cluster())
                                                        .saved(ownership, documents, appended);
                                                return appended;
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
