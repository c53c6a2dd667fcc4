package dev.kestrel.domain.incident;

import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.symptom.SymptomChange;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides which symptoms belong to one incident: those that share a possible cause. Time alone
 * never joins them. Single writer, no clock; equal inputs in equal order give equal ids.
 */
public final class CorrelationBook {
    private final CorrelationParameters parameters;
    private final String prefix;

    /**
     * @param prefix first part of every incident id, for example {@code prod}; ids are {@code
     *     prod-1}, {@code prod-2}, …
     */
    public CorrelationBook(String prefix, CorrelationParameters parameters) {
        this.prefix = prefix;
        this.parameters = parameters;
    }

    /** Takes in that a symptom changed state, after {@link #advance} to that moment. */
    public List<CorrelationEvent> on(SymptomChange change, Topology topology, CausalModel model) {
        return List.of();
    }

    /** Merges and splits in the light of what was concluded about an incident. */
    public List<CorrelationEvent> diagnosed(
            String incident,
            Diagnosis diagnosis,
            Topology topology,
            CausalModel model,
            Instant at) {
        return List.of();
    }

    /** Closes incidents that stayed empty, and forgets what is too old. */
    public List<CorrelationEvent> advance(Instant now) {
        return List.of();
    }

    /** When {@link #advance} has something to do. */
    public Optional<Instant> nextDue() {
        return Optional.empty();
    }

    /** Open incidents, oldest first. */
    public List<String> open() {
        return List.of();
    }

    /** Symptoms of an incident, sorted; also those that are over but not forgotten. */
    public List<SymptomKey> symptoms(String incident) {
        return List.of();
    }

    /** The incident a symptom belongs to. */
    public Optional<String> incidentOf(SymptomKey symptom) {
        return Optional.empty();
    }

    /** Everything that must survive a restart. */
    public Snapshot snapshot() {
        return new Snapshot(prefix, 0);
    }

    /** The book as it was. */
    public static CorrelationBook restore(Snapshot snapshot, CorrelationParameters parameters) {
        return new CorrelationBook(snapshot.prefix() + parameters.quietFlaps(), parameters);
    }

    /** What a checkpoint keeps of the book. */
    public record Snapshot(String prefix, long opened) {}
}
