package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.protocol.WireSignalCodec;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What an owner without any trouble would have concluded: it reads each entry when it becomes
 * durable, and never dies.
 */
final class Shadow {
    private static final WireSignalCodec CODEC = new WireSignalCodec();

    private final ClusterReasoning reasoning;
    private final Consumer<String> broken;
    private final Conclusions concluded = new Conclusions();
    private final Map<String, TreeMap<Long, Long>> revisions = new TreeMap<>();
    private final Set<String> decided = new HashSet<>();

    /**
     * @param broken told what may never happen
     */
    Shadow(ClusterRef cluster, Thinking thinking, Consumer<String> broken) {
        reasoning = ClusterReasoning.begin(cluster, thinking);
        this.broken = broken;
    }

    /** An entry is durable. */
    void read(Entry entry) {
        var input = input(entry);
        var effects = reasoning.on(input, entry.receivedAt());
        concluded.add(effects);
        for (var effect : effects) {
            switch (effect) {
                case Effect.IncidentRevised(var incident) ->
                        revisions
                                .computeIfAbsent(incident.id(), _ -> new TreeMap<>())
                                .put(entry.offset(), incident.revision());
                case Effect.WordAnswered answered when answered.taken() -> decided(input);
                case Effect.WordAnswered _, Effect.Send _, Effect.HealthChanged _ -> {}
            }
        }
    }

    private void decided(Input input) {
        if (input instanceof Input.WordSpoken spoken) {
            var fix =
                    switch (spoken.word()) {
                        case Word.Approve approve -> approve.remediation();
                        case Word.Reject reject -> reject.remediation();
                        case Word.Acknowledge _, Word.Resolve _, Word.Judge _ -> "";
                    };
            if (!fix.isEmpty() && !decided.add(fix)) {
                broken.accept("two decisions about " + fix + " took effect");
            }
        }
    }

    /** The newest revision of each incident that follows from the entries up to an offset. */
    Map<String, Long> revisions(long offset) {
        var newest = new TreeMap<String, Long>();
        revisions.forEach(
                (id, byOffset) -> {
                    var last = byOffset.floorEntry(offset);
                    if (last != null) {
                        newest.put(id, last.getValue());
                    }
                });
        return newest;
    }

    /** Everything that follows from the entries so far. */
    Conclusions concluded() {
        return concluded;
    }

    /** When an owner has to let time pass, if nothing comes before. */
    Instant nextDue() {
        return reasoning.nextDue();
    }

    private static Input input(Entry entry) {
        return switch (entry.kind()) {
            case BATCH -> new Input.Telemetry(CODEC.decode(entry.body()));
            case INPUT -> SealedJson.read(entry.body(), Said.class).input();
        };
    }

    /** As the engine writes it. */
    record Said(Input input) {}
}
