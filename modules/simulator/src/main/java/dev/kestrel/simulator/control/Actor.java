package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.EventRecorder;
import dev.kestrel.simulator.event.Occurrence;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.store.ObjectStore;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Registry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One component's hands on the cluster: it reads objects, writes them under its own field manager
 * and records events under its own name.
 */
public record Actor(
        String manager,
        Source source,
        ObjectStore store,
        Registry registry,
        EventRecorder events,
        InstantSource clock) {

    /** The same hands for another component. */
    public Actor as(String newManager, Source newSource) {
        return new Actor(newManager, newSource, store, registry, events, clock);
    }

    public Instant now() {
        return clock.instant();
    }

    public List<KubeObject> list(ResourceType type) {
        return store.list(type);
    }

    /** Objects of a type that this owner controls, ordered by name. */
    public List<KubeObject> owned(ResourceType type, KubeObject owner) {
        return store.list(type).stream()
                .filter(object -> object.controllerUid().equals(owner.uid()))
                .toList();
    }

    public Optional<KubeObject> find(ResourceType type, String namespace, String name) {
        return store.get(new ResourceKey(type, namespace, name));
    }

    public KubeObject create(ResourceType type, ObjectNode tree) {
        return registry.create(type, tree, FieldManager.update(manager), false);
    }

    public KubeObject edit(ResourceKey key, Consumer<ObjectNode> edit) {
        return registry.edit(key, FieldManager.update(manager), edit);
    }

    public void editStatus(ResourceKey key, Consumer<ObjectNode> edit) {
        registry.editStatus(key, manager, edit);
    }

    public void delete(KubeObject object) {
        if (store.get(object.key()).isPresent() && !object.isDeleting()) {
            registry.delete(object.key(), -1, false);
        }
    }

    public void normal(KubeObject about, String reason, String message) {
        record(about, "", Occurrence.NORMAL, reason, message);
    }

    public void warning(KubeObject about, String reason, String message) {
        record(about, "", Occurrence.WARNING, reason, message);
    }

    /** An event about a part of an object, such as one container of a pod. */
    public void record(
            KubeObject about, String fieldPath, String type, String reason, String message) {
        events.record(new Occurrence(source, about, fieldPath, type, reason, message));
    }
}
