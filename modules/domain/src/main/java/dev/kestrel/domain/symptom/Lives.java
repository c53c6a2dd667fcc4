package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lives of a book, by key and by resource. */
final class Lives {
    private final TreeMap<SymptomKey, Life> byKey = new TreeMap<>();
    private final Map<ResourceRef, NavigableSet<SymptomKey>> byResource = new HashMap<>();

    Optional<Life> find(SymptomKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Optional<Life> find(String type, ResourceRef about) {
        return find(new SymptomKey(type, about));
    }

    /** Sorted by type. */
    List<Life> about(ResourceRef resource) {
        return byResource.getOrDefault(resource, new TreeSet<>()).stream()
                .flatMap(key -> find(key).stream())
                .toList();
    }

    void put(Life life) {
        byKey.put(life.key, life);
        byResource.computeIfAbsent(life.key.about(), missing -> new TreeSet<>()).add(life.key);
    }

    void remove(SymptomKey key) {
        byKey.remove(key);
        var siblings = byResource.getOrDefault(key.about(), new TreeSet<>());
        siblings.remove(key);
        if (siblings.isEmpty()) {
            byResource.remove(key.about());
        }
    }

    /** Sorted by key. */
    Collection<Life> all() {
        return byKey.values();
    }

    int size() {
        return byKey.size();
    }
}
