package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a symptom was there long before: on first sight from how long nothing happened to
 * the object, later from how long it lasts.
 */
final class Seniority {
    private Seniority() {}

    /** What is known of the age of a symptom that was never known to be absent. */
    enum Age {
        YOUNG,
        /** Its object stands still for hours, but nothing dates the symptom itself. */
        UNKNOWN,
        OLD
    }

    static Age onFirstSight(Sample sample, boolean neverGood, Topology topology) {
        var object = topology.find(sample.instance());
        var limit = sample.at().minus(SymptomDefaults.AMBIENT_AGE);
        if (object.isEmpty()
                || created(object.get()).filter(limit::isAfter).isEmpty()
                || isYounger(changed(sample.key(), topology), limit)) {
            return Age.YOUNG;
        }
        var transition = transitions(object.get(), topology).max(Instant::compareTo);
        // A pod's conditions move with every state of it; a workload's do not.
        var isDated = neverGood || sample.instance().kind().equals("Pod");
        if (transition.isPresent() && isDated) {
            return transition.get().isBefore(limit) ? Age.OLD : Age.YOUNG;
        }
        return neverGood ? Age.UNKNOWN : Age.YOUNG;
    }

    /** Since when nothing happened to the object: no later than this it cannot have begun. */
    static Instant settled(Sample sample, Topology topology) {
        return topology.find(sample.instance()).stream()
                .flatMap(
                        object ->
                                Stream.concat(
                                        created(object).stream(), transitions(object, topology)))
                .filter(time -> !time.isAfter(sample.at()))
                .max(Instant::compareTo)
                .orElse(sample.at());
    }

    static boolean hasChangedSince(SymptomKey key, Instant onset, Topology topology) {
        return isYounger(changed(key, topology), onset);
    }

    private static boolean isYounger(Optional<Instant> time, Instant limit) {
        return time.filter(limit::isBefore).isPresent();
    }

    private static Optional<Instant> created(KubeObject object) {
        return Times.read(object.at("metadata", "creationTimestamp"));
    }

    private static Optional<Instant> changed(SymptomKey key, Topology topology) {
        return topology.changes(key.about()).stream().findFirst().map(Change::at);
    }

    private static Stream<Instant> transitions(KubeObject object, Topology topology) {
        return Stream.concat(conditions(object), written(object, topology));
    }

    /**
     * Controllers write a status when it changes, and a Service's slices when its endpoints do. A
     * kubelet writes all the time.
     */
    private static Stream<Instant> written(KubeObject object, Topology topology) {
        var kind = object.ref().kind();
        return kind.equals("Pod") || kind.equals("Node")
                ? Stream.empty()
                : Stream.concat(Stream.of(object), topology.owned(object.ref()).stream())
                        .flatMap(each -> each.managers().stream())
                        .map(KubeObject.FieldManager::at);
    }

    private static Stream<Instant> conditions(KubeObject object) {
        return object.at("status", "conditions").items().stream()
                .flatMap(condition -> Times.read(condition.at("lastTransitionTime")).stream());
    }
}
