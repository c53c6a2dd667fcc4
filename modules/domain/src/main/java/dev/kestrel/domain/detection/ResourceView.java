package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * A logical resource as detectors look at it, and the samples they can make of it.
 *
 * @param at when it was seen so
 */
public record ResourceView(KubeObject object, Instant at, Topology topology) {
    public ResourceRef ref() {
        return object.ref();
    }

    /** Whether the status speaks of the specification as it is by now. */
    public boolean isObserved() {
        var generation = object.at("metadata", "generation").number(0);
        return object.at("status", "observedGeneration").number(0) >= generation;
    }

    /** A condition of the status; absent where there is none. */
    public Fields condition(String type) {
        return object.at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type))
                .findFirst()
                .orElse(Fields.ABSENT);
    }

    public List<Sample> good(String type) {
        return List.of(sample(type, false, List.of()));
    }

    public List<Sample> bad(String type, List<Evidence> evidence) {
        return List.of(sample(type, true, evidence));
    }

    private Sample sample(String type, boolean bad, List<Evidence> evidence) {
        var key = new SymptomKey(type, ref());
        return new Sample(key, ref(), at, bad, Sample.Kind.LEVEL, Stage.NONE, "", evidence);
    }

    /** Evidence from the resource's own state. */
    public Evidence proof(String type, String summary, String excerpt) {
        return Proof.of(type, ref(), at, Evidence.Origin.OBJECT, summary, excerpt);
    }

    /** Evidence of the newest change to a field whose path starts so; empty when none is known. */
    public List<Evidence> changed(String type, String path) {
        return topology.changes(ref()).stream()
                .flatMap(change -> changed(type, change, field -> field.startsWith(path)).stream())
                .limit(1)
                .toList();
    }

    private List<Evidence> changed(String type, Change change, Predicate<String> concerns) {
        return change.fields().stream()
                .filter(field -> concerns.test(field.path()))
                .limit(1)
                .map(
                        field ->
                                Proof.of(
                                        type,
                                        ref(),
                                        change.at(),
                                        Evidence.Origin.CHANGE,
                                        field.path() + " was changed" + by(change),
                                        "%s: %s → %s"
                                                .formatted(
                                                        field.path(),
                                                        field.before(),
                                                        field.after())))
                .toList();
    }

    private static String by(Change change) {
        return change.by().isEmpty() ? "" : " by " + change.by();
    }
}
