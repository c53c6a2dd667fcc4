package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which objects were read with which others in mind, so that they are read again in time. */
final class Asked {
    private final Map<ResourceRef, SortedSet<ResourceRef>> about = new HashMap<>();
    private final Map<ResourceRef, NavigableSet<ResourceRef>> askers = new HashMap<>();

    void note(ResourceRef asker, SortedSet<ResourceRef> now) {
        var before = about.getOrDefault(asker, new TreeSet<>());
        if (before.equals(now)) {
            return;
        }
        before.stream().filter(ref -> !now.contains(ref)).forEach(ref -> drop(ref, asker));
        now.forEach(ref -> askers.computeIfAbsent(ref, missing -> new TreeSet<>()).add(asker));
        if (now.isEmpty()) {
            about.remove(asker);
        } else {
            about.put(asker, now);
        }
    }

    private void drop(ResourceRef ref, ResourceRef asker) {
        var there = askers.getOrDefault(ref, new TreeSet<>());
        there.remove(asker);
        if (there.isEmpty()) {
            askers.remove(ref);
        }
    }

    SortedSet<ResourceRef> about(ResourceRef ref) {
        return askers.getOrDefault(ref, new TreeSet<>());
    }
}
