package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every write to the cluster goes through here, whoever makes it: a client, a controller or a
 * kubelet. All methods throw {@link Refusal} when the API server would say no.
 */
public final class Registry {
    private static final Set<String> GENERATED =
            Set.of(
                    "Pod",
                    "Deployment",
                    "ReplicaSet",
                    "StatefulSet",
                    "DaemonSet",
                    "Job",
                    "CronJob",
                    "Ingress",
                    "NetworkPolicy",
                    "PodDisruptionBudget");

    private final ObjectStore store;
    private final Identities identities;
    private final InstantSource clock;
    private int nextServiceAddress = 20;

    public Registry(ObjectStore store, Identities identities, InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.clock = clock;
    }

    /** Stores a new object, or only says how it would be stored. */
    public KubeObject create(ResourceType type, ObjectNode tree, FieldManager by, boolean dryRun) {
        var metadata = Json.ensure(tree, "metadata");
        if (!metadata.has("name") && metadata.has("generateName")) {
            metadata.put("name", metadata.path("generateName").asText() + identities.suffix());
        }
        var object = begin(type, tree);
        if (store.get(object.key()).isPresent()) {
            throw Refusal.alreadyExists(type, object.name());
        }
        requireNamespace(object);
        Validation.check(object);
        if (type.equals(ResourceTypes.POD)) {
            Quotas.admit(store, object);
        }
        var empty = KubeObject.of(type, Json.object());
        var owned = ManagedFields.afterUpdate(empty, object, by, clock.instant());
        return save(KubeObject.of(type, owned), dryRun);
    }

    /** Replaces everything but the status. */
    public KubeObject replace(KubeObject next, FieldManager by, boolean dryRun) {
        var live = live(next.key());
        requireCurrent(live, next);
        var finished = finish(live, next);
        if (finished.saysTheSameAs(live)) {
            return live;
        }
        Validation.check(live, finished);
        var owned = ManagedFields.afterUpdate(live, finished, by, clock.instant());
        return settle(KubeObject.of(next.type(), owned), dryRun);
    }

    /** Edits what is live now. */
    public KubeObject edit(ResourceKey key, FieldManager by, Consumer<ObjectNode> edit) {
        return replace(live(key).with(edit), by, false);
    }

    /** Replaces only the status. */
    public KubeObject replaceStatus(KubeObject next, FieldManager by, boolean dryRun) {
        var live = live(next.key());
        requireCurrent(live, next);
        var finished = live.with(tree -> tree.set("status", next.at("status").deepCopy()));
        if (finished.saysTheSameAs(live)) {
            return live;
        }
        var owned = ManagedFields.afterUpdate(live, finished, by, clock.instant());
        return save(KubeObject.of(next.type(), owned), dryRun);
    }

    /** Edits the status of what is live now; nothing happens when the object is gone. */
    public void editStatus(ResourceKey key, String by, Consumer<ObjectNode> edit) {
        store.get(key).ifPresent(live -> editStatus(live, by, edit));
    }

    private void editStatus(KubeObject live, String by, Consumer<ObjectNode> edit) {
        // Controllers say the same again and again: only the status is copied to see that.
        var status =
                live.at("status") instanceof ObjectNode there ? there.deepCopy() : Json.object();
        edit.accept(status);
        if (!status.equals(live.at("status"))) {
            var next = live.with(tree -> tree.set("status", status));
            replaceStatus(next, FieldManager.status(by), false);
        }
    }

    /** What a patch makes of the live object, not yet stored. */
    public KubeObject patched(ResourceKey key, JsonNode patch, PatchKind kind) {
        var live = live(key);
        var tree =
                switch (kind) {
                    case MERGE -> Patches.merge(live.tree(), patch);
                    case STRATEGIC -> Patches.strategic(key.type().schema(), live.tree(), patch);
                    case OPERATIONS -> Patches.operations(live.tree(), patch);
                };
        return KubeObject.of(key.type(), tree);
    }

    /** How a patch that is not an apply is to be read. */
    public enum PatchKind {
        MERGE,
        STRATEGIC,
        OPERATIONS
    }

    /** Server-side apply; makes the object when it is not there. */
    public KubeObject apply(
            ResourceKey key, ObjectNode wanted, FieldManager by, boolean force, boolean dryRun) {
        var type = key.type();
        var faults = Schema.KUBERNETES.faults(type.schema(), wanted);
        if (!faults.isEmpty()) {
            var about = "%s; %s, Kind=%s".formatted(path(key), type.apiVersion(), type.kind());
            throw Refusal.badRequest(
                    "failed to create typed patch object (%s): %s"
                            .formatted(about, String.join(", ", faults)));
        }
        var apply = new ServerSideApply(by, force, clock.instant());
        var found = store.get(key);
        if (found.isEmpty()) {
            requireNamespace(KubeObject.of(type, wanted));
            var empty = KubeObject.of(type, Json.object());
            var made = apply.onto(empty, wanted, merged -> begin(type, merged.tree().deepCopy()));
            Validation.check(made);
            return save(made, dryRun);
        }
        var live = found.get();
        var next = apply.onto(live, wanted, merged -> finish(live, merged));
        if (next.saysTheSameAs(live)
                && next.at("metadata", "managedFields")
                        .equals(live.at("metadata", "managedFields"))) {
            return live;
        }
        Validation.check(live, next);
        return settle(next, dryRun);
    }

    /**
     * Deletes at once, or, where a kubelet or a finalizer has to see to it first, marks for
     * deletion.
     *
     * @param graceSeconds negative for the object's own
     */
    public KubeObject delete(ResourceKey key, int graceSeconds, boolean dryRun) {
        var live = live(key);
        var running =
                key.type().equals(ResourceTypes.POD)
                        && !live.text("spec", "nodeName").isEmpty()
                        && !Set.of("Succeeded", "Failed").contains(live.text("status", "phase"));
        int own = live.number(30, "spec", "terminationGracePeriodSeconds");
        int grace = running ? (graceSeconds < 0 ? own : graceSeconds) : 0;
        var held = !live.at("metadata", "finalizers").isEmpty();
        if (grace == 0 && !held) {
            if (!dryRun) {
                store.remove(key);
            }
            return live;
        }
        if (live.isDeleting()) {
            return live;
        }
        var until = clock.instant().plusSeconds(grace);
        var marked =
                live.with(
                        tree -> {
                            var metadata = Json.ensure(tree, "metadata");
                            metadata.put("deletionTimestamp", Json.time(until));
                            metadata.put("deletionGracePeriodSeconds", grace);
                        });
        return save(marked, dryRun);
    }

    /** Removes a pod that its kubelet has stopped. */
    public void remove(ResourceKey key) {
        store.remove(key);
    }

    public Optional<KubeObject> find(ResourceKey key) {
        return store.get(key);
    }

    /** Fields of an object that its type does not declare. */
    public static List<String> unknownFields(ResourceType type, JsonNode tree) {
        return Schema.KUBERNETES.faults(type.schema(), tree);
    }

    private KubeObject live(ResourceKey key) {
        return store.get(key).orElseThrow(() -> Refusal.notFound(key.type(), key.name()));
    }

    private KubeObject begin(ResourceType type, ObjectNode tree) {
        tree.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        var metadata = Json.ensure(tree, "metadata");
        metadata.put("uid", identities.uid());
        metadata.put("creationTimestamp", Json.time(clock.instant()));
        if (GENERATED.contains(type.kind())) {
            metadata.put("generation", 1);
        }
        metadata.remove("resourceVersion");
        Defaults.fill(type, tree);
        NewObjects.initialise(type, tree, this::serviceAddress);
        return KubeObject.of(type, tree);
    }

    private KubeObject finish(KubeObject live, KubeObject next) {
        return next.with(
                tree -> {
                    Defaults.fill(next.type(), tree);
                    keep(live, tree);
                    if (GENERATED.contains(next.type().kind())
                            && !tree.path("spec").equals(live.at("spec"))) {
                        Json.ensure(tree, "metadata").put("generation", live.generation() + 1);
                    }
                });
    }

    /** What a client cannot write: identity, and the status through the main resource. */
    private static void keep(KubeObject live, ObjectNode tree) {
        var metadata = Json.ensure(tree, "metadata");
        for (var field : List.of("uid", "creationTimestamp", "generation")) {
            if (live.at("metadata").has(field)) {
                metadata.set(field, live.at("metadata", field));
            }
        }
        if (live.at("status").isMissingNode()) {
            tree.remove("status");
        } else {
            tree.set("status", live.at("status").deepCopy());
        }
    }

    private KubeObject settle(KubeObject object, boolean dryRun) {
        if (object.isDeleting()
                && object.at("metadata", "finalizers").isEmpty()
                && object.number("metadata", "deletionGracePeriodSeconds") == 0) {
            store.remove(object.key());
            return object;
        }
        return save(object, dryRun);
    }

    private KubeObject save(KubeObject object, boolean dryRun) {
        return dryRun ? object : store.put(object);
    }

    private static void requireCurrent(KubeObject live, KubeObject next) {
        var claimed = next.text("metadata", "resourceVersion");
        if (!claimed.isEmpty() && next.resourceVersion() != live.resourceVersion()) {
            throw Refusal.modified(next.type(), next.name());
        }
    }

    private void requireNamespace(KubeObject object) {
        var namespace = object.namespace();
        var key = new ResourceKey(ResourceTypes.NAMESPACE, "", namespace);
        if (object.type().namespaced() && store.get(key).isEmpty()) {
            throw Refusal.notFound(ResourceTypes.NAMESPACE, namespace);
        }
    }

    private String serviceAddress() {
        int number = nextServiceAddress++;
        return "10.96." + number / 250 + "." + (number % 250 + 1);
    }

    private static String path(ResourceKey key) {
        return key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    }
}
