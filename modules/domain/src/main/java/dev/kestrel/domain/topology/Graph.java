package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology.Gone;
import dev.kestrel.domain.topology.relation.Selecting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Keeps the edges true while objects come, move and go: reads again exactly the objects whose edges
 * an input can have changed.
 */
final class Graph {
    private final Inventory inventory;
    private final Edges edges;
    private final Selections selections = new Selections();
    private final Asked asked = new Asked();
    private final NavigableSet<ResourceRef> affected = new TreeSet<>();
    private final List<Gone> gone = new ArrayList<>();

    Graph(Inventory inventory, Edges edges) {
        this.inventory = inventory;
        this.edges = edges;
    }

    /** Puts an object in; returns the version it replaces. */
    Optional<KubeObject> put(KubeObject object, Instant at) {
        var ref = object.ref();
        var old = inventory.find(ref);
        var moved = inventory.put(object);
        var rereading = new TreeSet<ResourceRef>();
        if (old.isEmpty() || !sameShape(old.get(), object)) {
            rereading.addAll(index(object));
            rereading.add(ref);
        }
        for (var mover : moved) {
            inventory.find(mover).ifPresent(present -> rereading.addAll(index(present)));
            rereading.add(mover);
            rereading.addAll(asked.about(mover));
        }
        rereading.forEach(each -> read(each, at, old.isEmpty()));
        touch(ref);
        return old;
    }

    /** Counts an object's resource, and what that belongs to, among the affected. */
    void touch(ResourceRef ref) {
        affected.add(inventory.logical(ref));
        inventory.parent(ref).map(inventory::logical).ifPresent(affected::add);
    }

    /** Takes an object out, unless its successor is already here. */
    Optional<KubeObject> takeOut(ResourceRef ref, String uid, Instant at) {
        var object = inventory.find(ref).filter(known -> uid.isEmpty() || known.uid().equals(uid));
        if (object.isEmpty()) {
            return object;
        }
        var logical = inventory.logical(ref);
        var rereading = new TreeSet<>(selections.unselect(ref));
        inventory.parent(ref).map(inventory::logical).ifPresent(affected::add);
        inventory.remove(ref);
        selections.unlabel(ref);
        rereading.add(ref);
        rereading.addAll(asked.about(ref));
        rereading.forEach(each -> read(each, at, false));
        affected.add(logical);
        gone.add(new Gone(ref, logical));
        return object;
    }

    void restore(List<KubeObject> objects, List<Edge> saved) {
        objects.forEach(inventory::put);
        objects.forEach(this::index);
        var since = new HashMap<EdgeKey, Instant>();
        saved.forEach(edge -> since.put(EdgeKey.of(edge), edge.since()));
        for (var object : objects) {
            var reading = Reading.of(object.ref(), inventory, selections);
            asked.note(object.ref(), reading.asked());
            edges.bring(
                    object.ref(),
                    reading.found(),
                    Instant.EPOCH,
                    key -> since.getOrDefault(key, Instant.EPOCH));
        }
    }

    NavigableSet<ResourceRef> affected() {
        return new TreeSet<>(affected);
    }

    List<Gone> gone() {
        return List.copyOf(gone);
    }

    void begin() {
        affected.clear();
        gone.clear();
    }

    private static boolean sameShape(KubeObject before, KubeObject after) {
        return before.at("spec").equals(after.at("spec"))
                && before.at("metadata", "labels").equals(after.at("metadata", "labels"))
                && before.at("endpoints").equals(after.at("endpoints"))
                && Reading.isLive(before) == Reading.isLive(after);
    }

    /** Returns whom the object selects or selected, when that is no longer the same. */
    private SortedSet<ResourceRef> index(KubeObject object) {
        var ref = object.ref();
        PodTemplate.of(object).ifPresent(template -> label(object, template));
        return Selecting.of(object)
                .map(selector -> selections.select(ref, selector))
                .orElseGet(() -> selections.unselect(ref));
    }

    private void label(KubeObject object, PodTemplate template) {
        var ref = object.ref();
        var selectable =
                ref.kind().equals("Pod")
                        ? Reading.isLive(object)
                        : inventory.logical(ref).equals(ref);
        if (selectable) {
            selections.label(ref, template.labels());
        } else {
            selections.unlabel(ref);
        }
    }

    private void read(ResourceRef ref, Instant at, boolean fresh) {
        var reading = Reading.of(ref, inventory, selections);
        asked.note(ref, reading.asked());
        affected.addAll(
                edges.bring(ref, reading.found(), at, key -> fresh ? existing(key, ref, at) : at));
    }

    /** An edge that a newly seen object brings is as old as the youngest of those it joins. */
    private Instant existing(EdgeKey key, ResourceRef bringer, Instant at) {
        return Stream.of(key.from(), key.to(), bringer)
                .flatMap(ref -> inventory.find(ref).stream())
                .flatMap(object -> Authorship.created(object).stream())
                .max(Comparator.naturalOrder())
                .filter(created -> created.isBefore(at))
                .orElse(at);
    }
}
