package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects by kind, who controls whom, and which pods a workload has. */
final class Inventory {
    private final Map<String, NavigableMap<ResourceRef, KubeObject>> kinds = new TreeMap<>();
    private final Map<ResourceRef, ResourceRef> parents = new HashMap<>();
    private final Map<ResourceRef, NavigableSet<ResourceRef>> children = new HashMap<>();
    private final Map<ResourceRef, ResourceRef> homes = new HashMap<>();
    private final Map<ResourceRef, NavigableSet<ResourceRef>> pods = new HashMap<>();

    Optional<KubeObject> find(ResourceRef ref) {
        var kind = kinds.get(ref.kind());
        return kind == null ? Optional.empty() : Optional.ofNullable(kind.get(ref));
    }

    List<KubeObject> all(String kind) {
        var objects = kinds.get(kind);
        return objects == null ? List.of() : List.copyOf(objects.values());
    }

    int count(String kind) {
        var objects = kinds.get(kind);
        return objects == null ? 0 : objects.size();
    }

    /** Every object, sorted by kind and ref. */
    List<KubeObject> all() {
        var all = new ArrayList<KubeObject>();
        kinds.values().forEach(kind -> all.addAll(kind.values()));
        return all;
    }

    /**
     * Puts an object in.
     *
     * @return refs whose logical resource is another one now; the object's own when it is new
     */
    NavigableSet<ResourceRef> put(KubeObject object) {
        var ref = object.ref();
        var old = kinds.computeIfAbsent(ref.kind(), kind -> new TreeMap<>()).put(ref, object);
        var moved = new TreeSet<ResourceRef>();
        if (old == null) {
            moved.add(ref);
        }
        adopt(ref, Ownership.parent(object), moved);
        Ownership.grandparent(object)
                .filter(guess -> find(guess.child()).isEmpty())
                .ifPresent(guess -> adopt(guess.child(), Optional.of(guess.parent()), moved));
        settle(ref, moved);
        return moved;
    }

    private void adopt(
            ResourceRef child, Optional<ResourceRef> parent, NavigableSet<ResourceRef> moved) {
        var before = Optional.ofNullable(parents.get(child));
        if (before.equals(parent)) {
            return;
        }
        before.ifPresent(from -> disown(from, child));
        if (parent.isPresent()) {
            parents.put(child, parent.get());
            children.computeIfAbsent(parent.get(), owner -> new TreeSet<>()).add(child);
        } else {
            parents.remove(child);
        }
        descend(child, moved, 0);
    }

    private void descend(ResourceRef ref, NavigableSet<ResourceRef> moved, int depth) {
        moved.add(ref);
        settle(ref, moved);
        if (depth < Ownership.DEPTH) {
            owned(ref).forEach(child -> descend(child, moved, depth + 1));
        }
    }

    private void settle(ResourceRef ref, NavigableSet<ResourceRef> moved) {
        var pod = find(ref);
        if (!ref.kind().equals("Pod") || pod.isEmpty()) {
            return;
        }
        var home = logical(ref);
        var before = homes.put(ref, home);
        if (!home.equals(before)) {
            moved.add(ref);
            if (before != null) {
                leave(before, ref);
            }
        }
        if (Reading.isLive(pod.get())) {
            pods.computeIfAbsent(home, workload -> new TreeSet<>()).add(ref);
        } else {
            leave(home, ref);
        }
    }

    /** Takes an object out; its place in the chain of owners stays while something hangs on it. */
    Optional<KubeObject> remove(ResourceRef ref) {
        var kind = kinds.get(ref.kind());
        var old = kind == null ? null : kind.remove(ref);
        if (old == null) {
            return Optional.empty();
        }
        var home = homes.remove(ref);
        if (home != null) {
            leave(home, ref);
        }
        forget(ref);
        return Optional.of(old);
    }

    private void forget(ResourceRef ref) {
        if (children.containsKey(ref) || find(ref).isPresent()) {
            return;
        }
        var parent = parents.remove(ref);
        if (parent != null) {
            disown(parent, ref);
            forget(parent);
        }
    }

    private void disown(ResourceRef parent, ResourceRef child) {
        var siblings = children.get(parent);
        if (siblings != null && siblings.remove(child) && siblings.isEmpty()) {
            children.remove(parent);
        }
    }

    private void leave(ResourceRef home, ResourceRef pod) {
        var there = pods.get(home);
        if (there != null && there.remove(pod) && there.isEmpty()) {
            pods.remove(home);
        }
    }

    ResourceRef logical(ResourceRef ref) {
        var here = ref;
        for (var depth = 0; depth < Ownership.DEPTH; depth++) {
            var parent = parents.get(here);
            if (parent == null || !Ownership.folds(here, parent)) {
                return here;
            }
            here = parent;
        }
        return here;
    }

    /** The controller; for an EndpointSlice the Service. */
    Optional<ResourceRef> parent(ResourceRef ref) {
        return Optional.ofNullable(parents.get(ref));
    }

    NavigableSet<ResourceRef> owned(ResourceRef owner) {
        return children.getOrDefault(owner, new TreeSet<>());
    }

    /** Pods of a workload that are neither finished nor being deleted. */
    NavigableSet<ResourceRef> pods(ResourceRef workload) {
        return pods.getOrDefault(workload, new TreeSet<>());
    }
}
