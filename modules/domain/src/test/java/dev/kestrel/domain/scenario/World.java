package dev.kestrel.domain.scenario;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.KubeObject.FieldManager;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The objects of a scenario as they were last seen, and builders for the usual ones. */
public final class World {
    /** When every timeline begins. */
    public static final Instant START = Instant.parse("2031-03-01T10:00:00Z");

    /** How old what is given is. */
    static final Duration AGE = Duration.ofDays(1);

    private final LinkedHashMap<ResourceRef, Tree> objects = new LinkedHashMap<>();
    private final LinkedHashMap<ResourceRef, String> uids = new LinkedHashMap<>();
    private long version = 1_000;

    /** The object to change, made on first use. */
    Tree at(ResourceRef ref, Instant now) {
        return objects.computeIfAbsent(ref, missing -> blank(ref, now));
    }

    private Tree blank(ResourceRef ref, Instant now) {
        uids.put(ref, "uid-" + ++version);
        var tree = Tree.empty().set("metadata.name", ref.name());
        if (!ref.namespace().isEmpty()) {
            tree.set("metadata.namespace", ref.namespace());
        }
        return tree.set("metadata.creationTimestamp", now.toString())
                .set("metadata.uid", Objects.requireNonNull(uids.get(ref)));
    }

    /** Makes an object like another one that is there. */
    Tree like(ResourceRef ref, ResourceRef model, Instant now) {
        var tree = new Tree(Objects.requireNonNull(objects.get(model), "no " + model).root());
        uids.put(ref, "uid-" + ++version);
        tree.set("metadata.name", ref.name())
                .set("metadata.creationTimestamp", now.toString())
                .set("metadata.uid", Objects.requireNonNull(uids.get(ref)));
        objects.put(ref, tree);
        return tree;
    }

    void remove(ResourceRef ref) {
        objects.remove(ref);
    }

    String uid(ResourceRef ref) {
        return uids.getOrDefault(ref, "");
    }

    List<ResourceRef> refs() {
        return List.copyOf(objects.keySet());
    }

    Optional<Map<String, Object>> find(ResourceRef ref) {
        return Optional.ofNullable(objects.get(ref)).map(Tree::root);
    }

    /** The object as the operator would report it; a dash for one of unknown managers. */
    KubeObject seen(ResourceRef ref, String by, Instant written) {
        var tree = Objects.requireNonNull(objects.get(ref), "no " + ref);
        return new KubeObject(
                ref,
                uid(ref),
                Long.toString(++version),
                "v1",
                Fields.of(tree.root()),
                by.equals("-") ? List.of() : List.of(new FieldManager(by, "Update", written, "")));
    }
}
