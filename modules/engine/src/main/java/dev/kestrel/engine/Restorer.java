package dev.kestrel.engine;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.SignalCodec;
import dev.kestrel.engine.ClusterOwner.Restored;

import io.vertx.core.Future;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a cluster's reasoning back to where it was: from the newest checkpoint and the journal
 * after it.
 */
final class Restorer {
    /** Enough to be quick, few enough to leave the event loop to others in between. */
    private static final int CHUNK = 200;

    private final Journal journal;
    private final SignalCodec codec;
    private final Thinking thinking;

    Restorer(Journal journal, SignalCodec codec, Thinking thinking) {
        this.journal = journal;
        this.codec = codec;
        this.thinking = thinking;
    }

    Future<Restored> restore(ClusterRef cluster) {
        return Future.fromCompletionStage(journal.latestCheckpoint(cluster))
                .map(
                        checkpoint ->
                                checkpoint
                                        .map(one -> from(cluster, one))
                                        .orElseGet(
                                                () ->
                                                        new Restored(
                                                                new GuardedReasoning(
                                                                        cluster,
                                                                        ClusterReasoning.begin(
                                                                                cluster, thinking)),
                                                                StreamState.NONE,
                                                                0,
                                                                Instant.EPOCH,
                                                                0,
                                                                List.of())))
                .compose(restored -> replay(cluster, restored));
    }

    private Restored from(ClusterRef cluster, Journal.Checkpoint checkpoint) {
        var saved = SealedJson.read(checkpoint.body(), ClusterOwner.Saved.class);
        return new Restored(
                new GuardedReasoning(
                        cluster, ClusterReasoning.restore(cluster, thinking, saved.reasoning())),
                saved.state(),
                checkpoint.offset(),
                checkpoint.at(),
                0,
                List.of());
    }

    private Future<Restored> replay(ClusterRef cluster, Restored soFar) {
        return Future.fromCompletionStage(journal.read(cluster, soFar.offset(), CHUNK))
                .compose(
                        entries ->
                                entries.isEmpty()
                                        ? Future.succeededFuture(soFar)
                                        : replay(cluster, absorbed(soFar, entries)));
    }

    private Restored absorbed(Restored soFar, List<Entry> entries) {
        var state = soFar.state();
        var newest = new LinkedHashMap<String, Effect>();
        soFar.effects().forEach(effect -> keep(newest, effect));
        var last = entries.getLast();
        for (var entry : entries) {
            var input = input(entry);
            state = state.after(input);
            soFar.reasoning().on(input, entry.receivedAt()).forEach(effect -> keep(newest, effect));
        }
        return new Restored(
                soFar.reasoning(),
                state,
                last.offset(),
                last.receivedAt(),
                soFar.replayed() + entries.size(),
                new ArrayList<>(newest.values()));
    }

    /**
     * Only the newest revision of an incident needs saving again; commands still outstanding are
     * sent by the reasoning itself.
     */
    private static void keep(Map<String, Effect> newest, Effect effect) {
        switch (effect) {
            case Effect.IncidentRevised revised -> newest.put(revised.incident().id(), revised);
            case Effect.HealthChanged changed -> newest.put("", changed);
            case Effect.Send _, Effect.WordAnswered _ -> {}
        }
    }

    private Input input(Entry entry) {
        return switch (entry.kind()) {
            case BATCH -> new Input.Telemetry(codec.decode(entry.body()));
            case INPUT -> SealedJson.read(entry.body(), ClusterOwner.Said.class).input();
        };
    }
}
