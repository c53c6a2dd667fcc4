package dev.kestrel.domain.incident;

import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.List;

/** What correlation decided, and why. */
public sealed interface CorrelationEvent {
    /** The incident it is about. */
    String incident();

    Instant at();

    /** A new incident. {@link Attached} follows for each of its symptoms. */
    record Opened(String incident, SymptomKey first, Instant at) implements CorrelationEvent {}

    /**
     * A symptom belongs to the incident.
     *
     * @param score how well it fits, 0..1
     * @param because what links it to the incident, for people; empty for the symptom that opened
     *     it and where it happened at the same object
     */
    record Attached(String incident, SymptomKey symptom, double score, String because, Instant at)
            implements CorrelationEvent {}

    /** A symptom turned out not to be one: it left the incident without a trace. */
    record Detached(String incident, SymptomKey symptom, String because, Instant at)
            implements CorrelationEvent {}

    /** Another incident is part of this one; {@link Attached} follows for its symptoms. */
    record Merged(String incident, String absorbed, String because, Instant at)
            implements CorrelationEvent {}

    /** Symptoms left for an incident of their own. */
    record Split(
            String incident, String child, List<SymptomKey> symptoms, String because, Instant at)
            implements CorrelationEvent {
        public Split {
            symptoms = List.copyOf(symptoms);
        }
    }

    /** The last symptom that users of the cluster feel is gone; it closes if that stays so. */
    record Emptied(String incident, Instant at) implements CorrelationEvent {}

    /** It stayed empty for long enough. */
    record Closed(String incident, Instant at) implements CorrelationEvent {}

    /** A closed incident came back within the time for it. {@link Attached} follows. */
    record Reopened(String incident, SymptomKey symptom, Instant at) implements CorrelationEvent {}
}
