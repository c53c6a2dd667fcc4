package dev.kestrel.simulator.store;

import dev.kestrel.simulator.resource.KubeObject;

import java.util.Optional;

/**
 * One step of the history.
 *
 * @param revision the resource version this step made
 * @param object as it is after the step; for a deletion, as it was last, under the new version
 */
public record Change(long revision, Kind kind, KubeObject object, KubeObject before) {

    /** What happened to the object. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** The object before this step; empty when the step made it. */
    public Optional<KubeObject> previous() {
        return kind == Kind.ADDED ? Optional.empty() : Optional.of(before);
    }
}
