package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of a cluster is kept: so many objects, and so many characters of what they say. What
 * finds no room is left out and remembered by name, so that it can be said how much is not seen.
 */
final class Capacity {
    /** A number or a truth, and what a tree of objects costs around each of its values. */
    private static final int VALUE = 16;

    private final int mostObjects;
    private final long mostCharacters;
    private final Map<String, NavigableSet<ResourceRef>> leftOut = new TreeMap<>();
    private int names;
    private int objects;
    private long characters;
    private long refusals;

    Capacity(int mostObjects, long mostCharacters) {
        this.mostObjects = mostObjects;
        this.mostCharacters = mostCharacters;
    }

    /** Counts an object in the place of its older version, or leaves it out. */
    boolean takes(KubeObject object, Optional<KubeObject> old) {
        var more = size(object) - old.map(Capacity::size).orElse(0L);
        var fits =
                objects + (old.isPresent() ? 0 : 1) <= mostObjects
                        && characters + more <= mostCharacters;
        if (fits) {
            objects += old.isPresent() ? 0 : 1;
            characters += more;
            gone(object.ref());
        } else {
            refusals++;
            note(object.ref());
        }
        return fits;
    }

    /** As many names as there may be objects: beyond that hardly anything is seen anyway. */
    private void note(ResourceRef ref) {
        if (names < mostObjects
                && leftOut.computeIfAbsent(ref.kind(), kind -> new TreeSet<>()).add(ref)) {
            names++;
        }
    }

    /** An object that was counted is no more. */
    void free(KubeObject object) {
        objects--;
        characters -= size(object);
    }

    /** What is gone is not missing. */
    void gone(ResourceRef ref) {
        var kind = leftOut.get(ref.kind());
        if (kind != null && kind.remove(ref)) {
            names--;
            if (kind.isEmpty()) {
                leftOut.remove(ref.kind());
            }
        }
    }

    /** Whatever there is of the kind is told again. */
    void toldAgain(String kind) {
        var before = leftOut.remove(kind);
        names -= before == null ? 0 : before.size();
    }

    /** Objects left out, by kind. */
    Map<String, Integer> leftOut() {
        var kinds = new TreeMap<String, Integer>();
        leftOut.forEach((kind, refs) -> kinds.put(kind, refs.size()));
        return kinds;
    }

    List<ResourceRef> leftOutRefs() {
        return leftOut.values().stream().flatMap(NavigableSet::stream).toList();
    }

    /** How often something found no room. */
    long refusals() {
        return refusals;
    }

    void restore(List<KubeObject> kept, List<ResourceRef> missing) {
        objects = kept.size();
        characters = kept.stream().mapToLong(Capacity::size).sum();
        missing.forEach(this::note);
    }

    private static long size(KubeObject object) {
        return object.fields().tree().map(Capacity::size).orElse(0L);
    }

    private static long size(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    VALUE
                            + map.entrySet().stream()
                                    .mapToLong(e -> size(e.getKey()) + size(e.getValue()))
                                    .sum();
            case List<?> list -> VALUE + list.stream().mapToLong(Capacity::size).sum();
            case String text -> VALUE + text.length();
            default -> VALUE;
        };
    }
}
