package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who selects whom within a namespace, answered from either side without looking at everything:
 * both sides are indexed by label.
 */
final class Selections {
    private record Label(String namespace, String key, String value) {}

    private final Map<ResourceRef, Map<String, String>> labels = new HashMap<>();
    private final Map<Label, NavigableSet<ResourceRef>> labelled = new HashMap<>();
    private final Map<String, NavigableSet<ResourceRef>> labelledIn = new HashMap<>();
    private final Map<ResourceRef, Selector> selectors = new HashMap<>();
    private final Map<Label, NavigableSet<ResourceRef>> wanting = new HashMap<>();
    private final Map<String, NavigableSet<ResourceRef>> wantingAny = new HashMap<>();

    void label(ResourceRef ref, Map<String, String> now) {
        var before = labels.put(ref, now);
        if (now.equals(before)) {
            return;
        }
        if (before != null) {
            unindex(ref, before);
        }
        now.forEach((key, value) -> add(labelled, new Label(ref.namespace(), key, value), ref));
        add(labelledIn, ref.namespace(), ref);
    }

    void unlabel(ResourceRef ref) {
        var before = labels.remove(ref);
        if (before != null) {
            unindex(ref, before);
            drop(labelledIn, ref.namespace(), ref);
        }
    }

    private void unindex(ResourceRef ref, Map<String, String> before) {
        before.forEach((key, value) -> drop(labelled, new Label(ref.namespace(), key, value), ref));
    }

    /**
     * Notes a selector.
     *
     * @return whose selection may be another one now
     */
    NavigableSet<ResourceRef> select(ResourceRef owner, Selector now) {
        var before = selectors.get(owner);
        if (now.equals(before)) {
            return new TreeSet<>();
        }
        var touched = unselect(owner);
        selectors.put(owner, now);
        if (now.equal().isEmpty()) {
            add(wantingAny, owner.namespace(), owner);
        } else {
            add(wanting, label(owner, now), owner);
        }
        touched.addAll(selected(owner));
        return touched;
    }

    /** Forgets a selector; returns whom it selected. */
    NavigableSet<ResourceRef> unselect(ResourceRef owner) {
        var touched = new TreeSet<>(selected(owner));
        var before = selectors.remove(owner);
        if (before != null) {
            drop(wantingAny, owner.namespace(), owner);
            if (!before.equal().isEmpty()) {
                drop(wanting, label(owner, before), owner);
            }
        }
        return touched;
    }

    /**
     * One label of the selector is enough to find it again; which one must not be left to chance.
     */
    private static Label label(ResourceRef owner, Selector selector) {
        var first = new TreeMap<>(selector.equal()).firstEntry();
        return new Label(owner.namespace(), first.getKey(), first.getValue());
    }

    /** Labelled things that a selector matches now, sorted. */
    NavigableSet<ResourceRef> selected(ResourceRef owner) {
        var found = new TreeSet<ResourceRef>();
        var selector = selectors.get(owner);
        if (selector != null) {
            var candidates =
                    selector.equal().isEmpty()
                            ? labelledIn.getOrDefault(owner.namespace(), new TreeSet<>())
                            : labelled.getOrDefault(label(owner, selector), new TreeSet<>());
            candidates.stream()
                    .filter(candidate -> selector.matches(labels.getOrDefault(candidate, Map.of())))
                    .forEach(found::add);
        }
        return found;
    }

    /** Owners of the selectors that match a labelled thing, sorted. */
    List<ResourceRef> selecting(ResourceRef ref) {
        var own = labels.get(ref);
        if (own == null) {
            return List.of();
        }
        NavigableMap<ResourceRef, Selector> found = new TreeMap<>();
        own.forEach(
                (key, value) ->
                        match(wanting.get(new Label(ref.namespace(), key, value)), own, found));
        match(wantingAny.get(ref.namespace()), own, found);
        return new ArrayList<>(found.keySet());
    }

    private void match(
            @org.jspecify.annotations.Nullable NavigableSet<ResourceRef> owners,
            Map<String, String> own,
            NavigableMap<ResourceRef, Selector> found) {
        if (owners == null) {
            return;
        }
        for (var owner : owners) {
            var selector = selectors.get(owner);
            if (selector != null && selector.matches(own)) {
                found.put(owner, selector);
            }
        }
    }

    private static <K> void add(Map<K, NavigableSet<ResourceRef>> index, K key, ResourceRef ref) {
        index.computeIfAbsent(key, missing -> new TreeSet<>()).add(ref);
    }

    private static <K> void drop(Map<K, NavigableSet<ResourceRef>> index, K key, ResourceRef ref) {
        var there = index.get(key);
        if (there != null && there.remove(ref) && there.isEmpty()) {
            index.remove(key);
        }
    }
}
