package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.protocol.WireLimits;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Turns what the client read into the plain tree of the object. */
public final class ObjectTree {
    private ObjectTree() {}

    public static Fields of(Kind kind, GenericKubernetesResource resource) {
        var tree = new TreeMap<String, Object>();
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.name());
        tree.put("metadata", metadata(resource.getMetadata()));
        resource.getAdditionalProperties().forEach((key, value) -> put(tree, key, value));
        return Fields.of(tree);
    }

    /** Who wrote the object, newest first. */
    public static List<KubeObject.FieldManager> managers(ObjectMeta metadata) {
        return metadata.getManagedFields().stream()
                .map(
                        entry ->
                                new KubeObject.FieldManager(
                                        text(entry.getManager()),
                                        text(entry.getOperation()),
                                        time(entry.getTime()),
                                        text(entry.getSubresource())))
                .sorted(
                        Comparator.comparing(KubeObject.FieldManager::at)
                                .reversed()
                                .thenComparing(KubeObject.FieldManager::manager)
                                .thenComparing(KubeObject.FieldManager::subresource))
                .limit(WireLimits.OBJECT_MANAGERS)
                .toList();
    }

    private static Map<String, Object> metadata(ObjectMeta metadata) {
        var tree = new TreeMap<String, Object>();
        put(tree, "name", metadata.getName());
        put(tree, "generateName", metadata.getGenerateName());
        put(tree, "namespace", metadata.getNamespace());
        put(tree, "uid", metadata.getUid());
        put(tree, "resourceVersion", metadata.getResourceVersion());
        put(tree, "generation", metadata.getGeneration());
        put(tree, "creationTimestamp", metadata.getCreationTimestamp());
        put(tree, "deletionTimestamp", metadata.getDeletionTimestamp());
        put(tree, "deletionGracePeriodSeconds", metadata.getDeletionGracePeriodSeconds());
        put(tree, "labels", metadata.getLabels());
        put(tree, "annotations", metadata.getAnnotations());
        put(tree, "finalizers", metadata.getFinalizers());
        put(
                tree,
                "ownerReferences",
                metadata.getOwnerReferences().stream().map(ObjectTree::owner).toList());
        return tree;
    }

    private static Map<String, Object> owner(OwnerReference owner) {
        var tree = new TreeMap<String, Object>();
        put(tree, "apiVersion", owner.getApiVersion());
        put(tree, "kind", owner.getKind());
        put(tree, "name", owner.getName());
        put(tree, "uid", owner.getUid());
        put(tree, "controller", owner.getController());
        put(tree, "blockOwnerDeletion", owner.getBlockOwnerDeletion());
        return tree;
    }

    /** Explicit nulls and empty members of the metadata say nothing. */
    private static void put(Map<String, Object> tree, String key, @Nullable Object value) {
        var plain = plain(value);
        var empty =
                switch (plain) {
                    case Map<?, ?> map -> map.isEmpty();
                    case Collection<?> list -> list.isEmpty();
                    case null, default -> false;
                };
        if (plain != null && !empty) {
            tree.put(key, plain);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                var copy = new TreeMap<String, Object>();
                map.forEach(
                        (key, member) -> {
                            var plain = plain(member);
                            if (plain != null) {
                                copy.put((String) key, plain);
                            }
                        });
                yield copy;
            }
            case Collection<?> list -> {
                var copy = new ArrayList<Object>(list.size());
                list.stream().map(ObjectTree::plain).filter(Objects::nonNull).forEach(copy::add);
                yield copy;
            }
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            default -> value.toString();
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Instant time(@Nullable String time) {
        try {
            return time == null ? Instant.EPOCH : Instant.parse(time);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
