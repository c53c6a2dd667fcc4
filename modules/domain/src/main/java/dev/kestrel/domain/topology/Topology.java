package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster is made of and how it hangs together, now and lately. Single writer, no clock:
 * equal inputs in equal order give equal answers.
 */
public final class Topology {
    private final Inventory inventory = new Inventory();
    private final Edges edges;
    private final Changes changes;
    private final Chronicle chronicle;
    private final Graph graph;
    private final Denials denials;
    private final Capacity capacity;
    private final Map<String, NavigableSet<ResourceRef>> open = new TreeMap<>();

    /** With the limits that production uses. */
    public Topology() {
        this(Limits.DEFAULTS);
    }

    public Topology(Limits limits) {
        edges = new Edges(limits.closedEdges());
        changes = new Changes(limits.changedResources());
        chronicle = new Chronicle(inventory, changes);
        graph = new Graph(inventory, edges);
        denials = new Denials(limits.deniedFlows());
        capacity = new Capacity(limits.objects(), limits.characters());
    }

    /**
     * What a topology keeps at most.
     *
     * @param objects of the cluster as it is: the largest that Kubernetes is made for has 150,000
     *     pods
     * @param characters of all that they say; a pod says two to four thousand
     * @param closedEdges edges that are no more
     * @param changedResources resources whose changes are remembered, living or not
     * @param deniedFlows flows that a policy stopped lately
     */
    public record Limits(
            int objects, long characters, int closedEdges, int changedResources, int deniedFlows) {
        public static final Limits DEFAULTS = new Limits(300_000, 1L << 29, 20_000, 20_000, 2_000);
    }

    /** An object that the latest input took out, and the logical resource it belonged to. */
    public record Gone(ResourceRef ref, ResourceRef logical) {}

    /**
     * Takes in an object as it is now. One that finds no room is {@link #leftOut}, and so is what
     * was known of it.
     *
     * @return what somebody changed in its specification, attributed to the logical resource
     */
    public List<Change> apply(KubeObject object, Instant at) {
        graph.begin();
        open.getOrDefault(object.ref().kind(), new TreeSet<>()).add(object.ref());
        if (!capacity.takes(object, inventory.find(object.ref()))) {
            graph.takeOut(object.ref(), "", at).ifPresent(capacity::free);
            return List.of();
        }
        var old = graph.put(object, at);
        return chronicle.seen(old, object, at);
    }

    /** Has an object that is here looked at as if it had just come in as it is. */
    public void revisit(ResourceRef ref) {
        graph.begin();
        graph.touch(ref);
    }

    /** Takes an object out; a different uid means that a successor is already here. */
    public List<Change> remove(ResourceRef ref, String uid, Instant at) {
        graph.begin();
        return takeOut(ref, uid, at);
    }

    private List<Change> takeOut(ResourceRef ref, String uid, Instant at) {
        var logical = inventory.logical(ref);
        var gone = graph.takeOut(ref, uid, at);
        gone.ifPresentOrElse(capacity::free, () -> capacity.gone(ref));
        return gone.stream()
                .flatMap(object -> chronicle.gone(object, logical, at).stream())
                .toList();
    }

    /** From now on notes which objects of the kind are seen. */
    public void beginSnapshot(String kind) {
        graph.begin();
        capacity.toldAgain(kind);
        open.put(kind, new TreeSet<>());
    }

    /** Removes what was not seen since the snapshot of the kind began. */
    public List<Change> completeSnapshot(String kind, Instant at) {
        graph.begin();
        var seen = open.remove(kind);
        return seen == null
                ? List.of()
                : inventory.all(kind).stream()
                        .filter(object -> !seen.contains(object.ref()))
                        .flatMap(object -> takeOut(object.ref(), object.uid(), at).stream())
                        .toList();
    }

    /** Takes in a flow; what passed says nothing new. */
    public void note(FlowSeen flow) {
        denials.note(flow);
    }

    /** Flows that a policy stopped, each as it was seen last, oldest first; bounded. */
    public List<FlowSeen> deniedFlows() {
        return denials.all();
    }

    public Optional<KubeObject> find(ResourceRef ref) {
        return inventory.find(ref);
    }

    /** Whether an inventory snapshot is still coming in, so that absence says nothing yet. */
    public boolean isLoading() {
        return !open.isEmpty();
    }

    /** How many objects of a kind there are. */
    public int count(String kind) {
        return inventory.count(kind);
    }

    /** Objects of a kind, sorted by ref. */
    public List<KubeObject> all(String kind) {
        return inventory.all(kind);
    }

    /** The workload of a pod, ReplicaSet or Job; anything else is its own logical resource. */
    public ResourceRef logical(ResourceRef ref) {
        return inventory.logical(ref);
    }

    /** Pods of a workload that are neither finished nor being deleted, sorted. */
    public List<KubeObject> instances(ResourceRef workload) {
        return inventory.pods(workload).stream()
                .flatMap(pod -> inventory.find(pod).stream())
                .toList();
    }

    /** How many {@link #instances} there are, without listing them. */
    public int instanceCount(ResourceRef workload) {
        return inventory.pods(workload).size();
    }

    /** Live edges that start here, sorted by target. */
    public List<Edge> from(ResourceRef ref, Relation relation) {
        return edges.from(ref, relation);
    }

    /** Live edges that end here, sorted by start. */
    public List<Edge> to(ResourceRef ref, Relation relation) {
        return edges.to(ref, relation);
    }

    /** Whether the edge existed at that moment; closed edges are remembered up to a limit. */
    public boolean held(ResourceRef from, Relation relation, ResourceRef to, Instant at) {
        return edges.held(new EdgeKey(from, relation, to), at);
    }

    /** Changes of a logical resource, newest first, at most eight. */
    public List<Change> changes(ResourceRef logical) {
        return changes.of(logical);
    }

    /** ReplicaSets or ControllerRevisions of a workload, newest first: its template's history. */
    public List<KubeObject> revisions(ResourceRef workload) {
        return Revisions.of(workload, inventory);
    }

    /** How often the resource is edited: mean of a Gamma(0.5, 360 h) posterior, at least 1/720. */
    public double changesPerHour(ResourceRef logical, Instant now) {
        return changes.perHour(logical, now);
    }

    /** Objects whose controller is this one, sorted; EndpointSlices belong to their Service. */
    public List<KubeObject> owned(ResourceRef owner) {
        return inventory.owned(owner).stream()
                .flatMap(ref -> inventory.find(ref).stream())
                .toList();
    }

    /** Logical resources whose objects or edges the latest input touched. */
    public NavigableSet<ResourceRef> affected() {
        return graph.affected();
    }

    /** What the latest input took out. */
    public List<Gone> gone() {
        return graph.gone();
    }

    /** Objects that there are and that found no room, by kind. */
    public Map<String, Integer> leftOut() {
        return capacity.leftOut();
    }

    /** What was forgotten because a limit was reached, by limit. */
    public Map<String, Long> forgotten() {
        return Map.of(
                "objects", capacity.refusals(),
                "closed_edges", edges.forgotten(),
                "changed_resources", changes.forgotten(),
                "denied_flows", denials.forgotten());
    }

    public Snapshot snapshot() {
        var seen = new TreeMap<String, List<ResourceRef>>();
        open.forEach((kind, refs) -> seen.put(kind, List.copyOf(refs)));
        return new Snapshot(
                inventory.all(),
                edges.live(),
                edges.closed(),
                changes.histories(),
                new TreeMap<>(chronicle.watchedSince()),
                seen,
                denials.all(),
                capacity.leftOutRefs());
    }

    /** Goes on where the snapshot was taken. */
    public static Topology restore(Snapshot snapshot, Limits limits) {
        var topology = new Topology(limits);
        topology.take(snapshot);
        return topology;
    }

    private void take(Snapshot snapshot) {
        graph.restore(snapshot.objects(), snapshot.edges());
        capacity.restore(snapshot.objects(), snapshot.leftOut());
        snapshot.closed().forEach(edges::remember);
        changes.restore(snapshot.histories());
        chronicle.restore(snapshot.watchedSince());
        snapshot.open().forEach((kind, refs) -> open.put(kind, new TreeSet<>(refs)));
        snapshot.denied().forEach(denials::note);
    }

    /**
     * Everything that must survive a restart.
     *
     * @param closed oldest first
     * @param histories least lately changed first
     * @param open kinds within an inventory snapshot, and what was seen of them so far
     * @param denied oldest first
     * @param leftOut objects that found no room
     */
    public record Snapshot(
            List<KubeObject> objects,
            List<Edge> edges,
            List<Closed> closed,
            List<History> histories,
            Map<ResourceRef, Instant> watchedSince,
            Map<String, List<ResourceRef>> open,
            List<FlowSeen> denied,
            List<ResourceRef> leftOut) {
        public Snapshot {
            objects = List.copyOf(objects);
            edges = List.copyOf(edges);
            closed = List.copyOf(closed);
            histories = List.copyOf(histories);
            denied = List.copyOf(denied);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** An edge that was there from {@code edge.since()} until {@code until}. */
    public record Closed(Edge edge, Instant until) {}

    /**
     * A resource's past.
     *
     * @param since when it was first watched
     * @param edits since then
     * @param changes newest first
     */
    public record History(ResourceRef of, Instant since, long edits, List<Change> changes) {
        public History {
            changes = List.copyOf(changes);
        }
    }
}
