package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a cluster is made of and how it hangs together, now and lately. Single writer, no clock:
 * equal inputs in equal order give equal answers.
 */
public final class Topology {
    /**
     * Takes in an object as it is now.
     *
     * @return what somebody changed in its specification, attributed to the logical resource
     */
    public List<Change> apply(KubeObject object, Instant at) {
        return List.of();
    }

    /** Takes an object out; a different uid means that a successor is already here. */
    public List<Change> remove(ResourceRef ref, String uid, Instant at) {
        return List.of();
    }

    /** From now on notes which objects of the kind are seen. */
    public void beginSnapshot(String kind) {}

    /** Removes what was not seen since the snapshot of the kind began. */
    public List<Change> completeSnapshot(String kind, Instant at) {
        return List.of();
    }

    public Optional<KubeObject> find(ResourceRef ref) {
        return Optional.empty();
    }

    /** Objects of a kind, sorted by ref. */
    public List<KubeObject> all(String kind) {
        return List.of();
    }

    /** The workload of a pod, ReplicaSet or Job; anything else is its own logical resource. */
    public ResourceRef logical(ResourceRef ref) {
        return ref;
    }

    /** Pods of a workload that are neither finished nor being deleted, sorted. */
    public List<KubeObject> instances(ResourceRef workload) {
        return List.of();
    }

    /** Live edges that start here, sorted by target. */
    public List<Edge> from(ResourceRef ref, Relation relation) {
        return List.of();
    }

    /** Live edges that end here, sorted by start. */
    public List<Edge> to(ResourceRef ref, Relation relation) {
        return List.of();
    }

    /** Whether the edge existed at that moment; closed edges are remembered up to a limit. */
    public boolean held(ResourceRef from, Relation relation, ResourceRef to, Instant at) {
        return false;
    }

    /** Changes of a logical resource, newest first, at most eight. */
    public List<Change> changes(ResourceRef logical) {
        return List.of();
    }

    /** ReplicaSets or ControllerRevisions of a workload, newest first: its template's history. */
    public List<KubeObject> revisions(ResourceRef workload) {
        return List.of();
    }

    /** How often the resource is edited: mean of a Gamma(0.5, 360 h) posterior, at least 1/720. */
    public double changesPerHour(ResourceRef logical, Instant now) {
        return 1.0 / 720;
    }

    /** Objects whose controller is this one, sorted; EndpointSlices belong to their Service. */
    public List<KubeObject> owned(ResourceRef owner) {
        return List.of();
    }

    /** Logical resources whose objects or edges the latest input touched. */
    public SortedSet<ResourceRef> affected() {
        return new TreeSet<>();
    }

    public Snapshot snapshot() {
        return new Snapshot(List.of());
    }

    public static Topology restore(Snapshot snapshot) {
        return new Topology();
    }

    /** Everything that must survive a restart. */
    public record Snapshot(List<KubeObject> objects) {}
}
