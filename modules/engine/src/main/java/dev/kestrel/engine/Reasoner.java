package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.engine.Restorer.Restored;
import dev.kestrel.engine.pool.Lane;

import io.vertx.core.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * One cluster's reasoning as its owner on the event loop sees it: what is durable goes in, in the
 * order of the journal, and is thought about on the cluster's lane; what comes out is published in
 * the same order, and saved from time to time.
 */
final class Reasoner {
    private static final Logger LOG = LoggerFactory.getLogger(Reasoner.class);

    private final Ownership ownership;
    private final Journal journal;
    private final Lane lane;
    private final Mind mind;
    private final Publisher publisher;
    private final Backlog backlog;
    private final EngineMetrics metrics;
    private final Runnable onLost;
    private int sinceCheckpoint;
    private boolean checkpointing;
    private Instant passed = Instant.MIN;
    private boolean closed;

    /**
     * @param onLost told when this node cannot reason about the cluster any more
     */
    Reasoner(
            Ownership ownership,
            Journal journal,
            Restored restored,
            Publisher publisher,
            Backlog backlog,
            EngineMetrics metrics,
            Runnable onLost) {
        this.ownership = ownership;
        this.journal = journal;
        this.publisher = publisher;
        this.backlog = backlog;
        this.metrics = metrics;
        this.onLost = onLost;
        lane = restored.lane();
        mind = restored.mind();
        sinceCheckpoint = restored.replayed();
        publisher.keep(restored.conclusions());
        publisher.retry();
    }

    /** What a thought came to. */
    private record Concluded(List<Effect> effects, Conclusions told) {
        static Concluded of(List<Effect> effects) {
            return new Concluded(effects, Conclusions.of(effects));
        }
    }

    /**
     * Takes in an entry that became durable just now.
     *
     * @return what follows from it; fails when another node is to reason about it
     */
    Future<List<Effect>> take(Entry entry) {
        var durableAt = System.nanoTime();
        sinceCheckpoint++;
        backlog.grew(1);
        return think(() -> taken(entry))
                .onSuccess(
                        effects -> {
                            metrics.concluded(System.nanoTime() - durableAt);
                            backlog.shrank(1);
                        })
                .onFailure(this::failed);
    }

    private List<Effect> taken(Entry entry) {
        var before = mind.refusedObjects();
        var effects = mind.take(entry);
        metrics.inventoryFull(mind.refusedObjects() - before);
        return effects;
    }

    /** The mind is not known to be whole any more: whoever claims next begins from the journal. */
    private void failed(Throwable failure) {
        if (!closed) {
            LOG.atError()
                    .addKeyValue("cluster", ownership.cluster())
                    .setCause(failure)
                    .log("the reasoning broke off and begins again; please report this");
            onLost.run();
        }
    }

    /**
     * Whether a timer is due by then and nothing is under way that would let it act. Once for each
     * timer: one that the reasoning trips over stays due, and must not fill the journal.
     */
    boolean waitsFor(Instant time) {
        var due = mind.nextDue();
        var waits = backlog.size() == 0 && !due.isAfter(time) && !due.equals(passed);
        passed = waits ? due : passed;
        return waits;
    }

    private Future<List<Effect>> think(Supplier<List<Effect>> thought) {
        return lane.submit(() -> Concluded.of(thought.get()))
                .map(
                        concluded -> {
                            publisher.publish(concluded.told());
                            return concluded.effects();
                        });
    }

    /** Tries again what could not be told; saves a checkpoint when so many entries came since. */
    void tick(int checkpointEvery) {
        publisher.retry();
        if (sinceCheckpoint >= checkpointEvery && !checkpointing) {
            checkpoint();
        }
    }

    /**
     * Saves what the entries so far came to. It is not saved before all of that was told, because
     * what it covers is dropped from the journal.
     */
    Future<Void> checkpoint() {
        if (sinceCheckpoint == 0 || checkpointing) {
            return Future.succeededFuture();
        }
        checkpointing = true;
        var covered = sinceCheckpoint;
        sinceCheckpoint = 0;
        return lane.submit(mind::save)
                .compose(saved -> publisher.told().map(saved))
                .compose(saved -> Future.fromCompletionStage(journal.checkpoint(ownership, saved)))
                .onComplete(
                        saved -> {
                            checkpointing = false;
                            if (saved == Journal.Appended.FENCED) {
                                onLost.run();
                            }
                        },
                        failure -> {
                            checkpointing = false;
                            sinceCheckpoint += covered;
                            LOG.atWarn()
                                    .addKeyValue("cluster", ownership.cluster())
                                    .setCause(failure)
                                    .log("checkpoint not saved");
                        })
                .mapEmpty();
    }

    /** Nothing more is thought, and nothing that is being thought is told. */
    void close() {
        closed = true;
        lane.close();
        backlog.drop();
    }
}
