package dev.kestrel.simulator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Every object as it is, and how it came to be. One revision counter numbers all changes. Not safe
 * for concurrent use: the cluster lets in one caller at a time.
 */
public final class ObjectStore {
    private final TreeMap<ResourceKey, KubeObject> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private final int historyLimit;
    private long revision;
    private long compacted;

    /**
     * @param firstRevision where the counter starts; real clusters are never new
     * @param historyLimit changes kept for watches and paged lists; older ones are compacted away
     */
    public ObjectStore(long firstRevision, int historyLimit) {
        this.revision = firstRevision;
        this.compacted = firstRevision;
        this.historyLimit = historyLimit;
    }

    public long revision() {
        return revision;
    }

    /** Changes up to this revision are forgotten. */
    public long compacted() {
        return compacted;
    }

    public Optional<KubeObject> get(ResourceKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** All objects of a type, ordered by namespace and name. */
    public List<KubeObject> list(ResourceType type) {
        var from = new ResourceKey(type, "", "");
        var found = new ArrayList<KubeObject>();
        for (var entry : objects.tailMap(from).entrySet()) {
            if (!entry.getKey().type().equals(type)) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    /**
     * All objects of a type as they were at a revision.
     *
     * @param at not before {@link #compacted()}
     */
    public List<KubeObject> listAt(ResourceType type, long at) {
        Map<ResourceKey, KubeObject> then = new TreeMap<>();
        list(type).forEach(object -> then.put(object.key(), object));
        var backwards = history.descendingIterator();
        while (backwards.hasNext()) {
            var change = backwards.next();
            if (change.revision() <= at) {
                break;
            }
            if (change.object().type().equals(type)) {
                undo(change, then);
            }
        }
        return List.copyOf(then.values());
    }

    private static void undo(Change change, Map<ResourceKey, KubeObject> then) {
        var key = change.object().key();
        change.previous().ifPresentOrElse(old -> then.put(key, old), () -> then.remove(key));
    }

    /** Changes to objects of a type after a revision, oldest first. */
    public List<Change> since(ResourceType type, long after) {
        return history.stream()
                .filter(change -> change.revision() > after)
                .filter(change -> change.object().type().equals(type))
                .toList();
    }

    /** Stores a new object or a new version of one, and returns it under its new version number. */
    public KubeObject put(KubeObject object) {
        var key = object.key();
        var before = objects.get(key);
        var stored = object.with(this::number);
        objects.put(key, stored);
        record(
                before == null
                        ? new Change(revision, Change.Kind.ADDED, stored, stored)
                        : new Change(revision, Change.Kind.MODIFIED, stored, before));
        return stored;
    }

    /** Removes an object. Nothing happens when it is not there. */
    public void remove(ResourceKey key) {
        var before = objects.remove(key);
        if (before != null) {
            record(
                    new Change(
                            revision + 1, Change.Kind.DELETED, before.with(this::number), before));
        }
    }

    /** Forgets the whole history: watches and page tokens from before are answered 410. */
    public void compact() {
        history.clear();
        compacted = revision;
    }

    /** Calls for every change from now on, until the returned task is run. */
    public Runnable watch(Consumer<Change> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private void number(ObjectNode tree) {
        Json.ensure(tree, "metadata").put("resourceVersion", Long.toString(++revision));
    }

    private void record(Change change) {
        history.addLast(change);
        while (history.size() > historyLimit) {
            compacted = history.removeFirst().revision();
        }
        watchers.forEach(watcher -> watcher.accept(change));
    }
}
