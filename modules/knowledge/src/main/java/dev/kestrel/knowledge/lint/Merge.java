package dev.kestrel.knowledge.lint;

import dev.kestrel.knowledge.yaml.Tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays fields over an object's: maps are merged, lists of named entries are merged by name, other
 * lists and scalars are replaced, an explicit null removes.
 */
final class Merge {
    private Merge() {}

    static Map<String, Object> of(Map<String, Object> base, Map<String, Object> over) {
        var merged = new LinkedHashMap<>(base);
        over.forEach(
                (key, value) -> {
                    if (value == Tree.Nothing.HERE) {
                        merged.remove(key);
                    } else {
                        merged.put(key, value(merged.getOrDefault(key, Map.of()), value));
                    }
                });
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Object value(Object base, Object over) {
        if (over instanceof Map<?, ?> other) {
            var one = base instanceof Map<?, ?> map ? map : Map.of();
            return of((Map<String, Object>) one, (Map<String, Object>) other);
        }
        return base instanceof List<?> one && over instanceof List<?> other && isNamed(other)
                ? list(one, other)
                : over;
    }

    private static boolean isNamed(List<?> list) {
        return !list.isEmpty()
                && list.stream()
                        .allMatch(item -> item instanceof Map<?, ?> map && map.containsKey("name"));
    }

    private static List<Object> list(List<?> base, List<?> over) {
        var merged = new ArrayList<Object>(base);
        for (var item : over) {
            var at = indexOf(merged, item);
            if (at < 0) {
                merged.add(item);
            } else {
                merged.set(at, value(merged.get(at), item));
            }
        }
        return merged;
    }

    private static int indexOf(List<Object> list, Object named) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> one
                    && named instanceof Map<?, ?> other
                    && String.valueOf(one.get("name")).equals(String.valueOf(other.get("name")))) {
                return i;
            }
        }
        return -1;
    }
}
