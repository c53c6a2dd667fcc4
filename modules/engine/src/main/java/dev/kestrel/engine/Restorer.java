package dev.kestrel.engine;

import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.SignalCodec;
import dev.kestrel.engine.pool.Lane;

import io.vertx.core.Future;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a cluster's reasoning back to where it was: from the newest checkpoint and the journal
 * after it. The work is done on the cluster's lane.
 */
final class Restorer {
    /** So many entries are in memory at a time, and so many are one thought. */
    private static final int CHUNK = 100;

    private final Journal journal;
    private final SignalCodec codec;
    private final Thinking thinking;

    Restorer(Journal journal, SignalCodec codec, Thinking thinking) {
        this.journal = journal;
        this.codec = codec;
        this.thinking = thinking;
    }

    /**
     * What a cluster's journal says, after it was read.
     *
     * @param lane on which the mind is to be used from now on
     * @param offset of the last entry
     * @param at time up to which it was reasoned
     * @param replayed entries since the checkpoint
     * @param conclusions of these, to be told again
     */
    record Restored(
            Lane lane,
            Mind mind,
            StreamState state,
            long offset,
            Instant at,
            int replayed,
            Conclusions conclusions) {}

    Future<Restored> restore(ClusterRef cluster, Lane lane) {
        return Future.fromCompletionStage(journal.latestCheckpoint(cluster))
                .compose(
                        checkpoint ->
                                lane.submit(
                                        () ->
                                                new Replay(
                                                        lane,
                                                        checkpoint
                                                                .map(one -> from(cluster, one))
                                                                .orElseGet(() -> fresh(cluster)))))
                .compose(replay -> read(cluster, replay, replay.begin()));
    }

    private Mind fresh(ClusterRef cluster) {
        return Mind.begin(cluster, thinking, codec);
    }

    private Mind from(ClusterRef cluster, Journal.Checkpoint checkpoint) {
        return Mind.restore(cluster, thinking, codec, checkpoint);
    }

    private Future<Restored> read(ClusterRef cluster, Replay replay, long after) {
        var lane = replay.lane;
        return Future.fromCompletionStage(journal.read(cluster, after, CHUNK))
                .compose(
                        entries ->
                                entries.isEmpty()
                                        ? lane.submit(replay::end)
                                        : lane.submit(() -> replay.on(entries))
                                                .compose(
                                                        reached -> read(cluster, replay, reached)));
    }

    /** A mind that takes in what it took in before. */
    private static final class Replay {
        private final Lane lane;
        private final Mind mind;
        private final long begin;
        private final Map<String, Effect> newest = new LinkedHashMap<>();
        private int replayed;

        Replay(Lane lane, Mind mind) {
            this.lane = lane;
            this.mind = mind;
            begin = mind.offset();
        }

        /** The entry after which the journal is to be read. */
        long begin() {
            return begin;
        }

        /** Answers which entry was the last. */
        long on(List<Entry> entries) {
            entries.forEach(entry -> mind.take(entry).forEach(this::keep));
            replayed += entries.size();
            return mind.offset();
        }

        /**
         * Only the newest revision of an incident needs saving again; commands still outstanding
         * are sent by the reasoning itself.
         */
        private void keep(Effect effect) {
            switch (effect) {
                case Effect.IncidentRevised revised -> newest.put(revised.incident().id(), revised);
                case Effect.HealthChanged changed -> newest.put("", changed);
                case Effect.Send _, Effect.WordAnswered _ -> {}
            }
        }

        Restored end() {
            return new Restored(
                    lane,
                    mind,
                    mind.state(),
                    mind.offset(),
                    mind.at(),
                    replayed,
                    Conclusions.of(newest.values()));
        }
    }
}
