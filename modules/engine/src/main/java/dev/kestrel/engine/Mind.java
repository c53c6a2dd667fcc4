package dev.kestrel.engine;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Checkpoint;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.SignalCodec;

import java.time.Instant;
import java.util.List;

/**
 * What one cluster's journal came to, up to an entry. Whether an entry was just written or is read
 * again after a restart makes no difference: both go in the same way. Touched by the thoughts of
 * the cluster's lane only, but for {@link #nextDue}.
 */
final class Mind {
    private final SignalCodec codec;
    private final GuardedReasoning reasoning;
    private StreamState state;
    private long offset;
    private Instant at;
    private volatile Instant nextDue;

    /** A checkpoint's body. */
    record Saved(StreamState state, ClusterReasoning.Snapshot reasoning) {}

    /** Keeps the kind of the input in its JSON. */
    record Said(Input input) {}

    private Mind(
            SignalCodec codec,
            GuardedReasoning reasoning,
            StreamState state,
            long offset,
            Instant at) {
        this.codec = codec;
        this.reasoning = reasoning;
        this.state = state;
        this.offset = offset;
        this.at = at;
        nextDue = reasoning.nextDue();
    }

    /** Of a cluster with an empty journal. */
    static Mind begin(ClusterRef cluster, Thinking thinking, SignalCodec codec) {
        var reasoning = ClusterReasoning.begin(cluster, thinking);
        return new Mind(
                codec,
                new GuardedReasoning(cluster, reasoning),
                StreamState.NONE,
                0,
                Instant.EPOCH);
    }

    /** As it was when it was saved. */
    static Mind restore(
            ClusterRef cluster, Thinking thinking, SignalCodec codec, Checkpoint checkpoint) {
        var saved = SealedJson.read(checkpoint.body(), Saved.class);
        var reasoning = ClusterReasoning.restore(cluster, thinking, saved.reasoning());
        return new Mind(
                codec,
                new GuardedReasoning(cluster, reasoning),
                saved.state(),
                checkpoint.offset(),
                checkpoint.at());
    }

    /** How an input is written into the journal. */
    static byte[] write(Input input) {
        return SealedJson.write(new Said(input));
    }

    /** Takes in the entry that follows the last one. */
    List<Effect> take(Entry entry) {
        offset = entry.offset();
        at = entry.receivedAt();
        var effects =
                switch (entry.kind()) {
                    case BATCH -> takeBatch(entry);
                    case INPUT -> takeInput(entry);
                };
        nextDue = reasoning.nextDue();
        return effects;
    }

    /**
     * Where the stream stands is in the entry, so a batch that cannot be read is not asked again.
     */
    private List<Effect> takeBatch(Entry entry) {
        state = state.accepted(entry.bootId(), entry.sequence());
        return reasoning.on(() -> new Input.Telemetry(codec.decode(entry.body())), at);
    }

    private List<Effect> takeInput(Entry entry) {
        var input = SealedJson.read(entry.body(), Said.class).input();
        state = state.after(input);
        return reasoning.on(() -> input, at);
    }

    /** How often an object of the cluster found no room. */
    long refusedObjects() {
        return reasoning.refusedObjects();
    }

    /** When a timer is due next, as of the last thought; {@link Instant#MAX} for never. */
    Instant nextDue() {
        return nextDue;
    }

    Checkpoint save() {
        return new Checkpoint(offset, at, SealedJson.write(new Saved(state, reasoning.snapshot())));
    }

    StreamState state() {
        return state;
    }

    long offset() {
        return offset;
    }

    Instant at() {
        return at;
    }
}
