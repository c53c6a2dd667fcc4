package dev.kestrel.domain.template;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The keys of one ConfigMap and what became of them. Only digests of values are known: they tell
 * that a value goes by another name now, and never what it is.
 *
 * @param ref the ConfigMap
 * @param digests of the values, by key
 * @param changes of the ConfigMap, newest first
 */
public record ConfigKeys(ResourceRef ref, Map<String, String> digests, List<Change> changes) {
    private static final List<String> HOLDERS = List.of("data", "binaryData");

    /** Empty where there is no such ConfigMap. */
    public static Optional<ConfigKeys> of(String namespace, String name, Topology topology) {
        var ref = new ResourceRef("ConfigMap", namespace, name);
        return topology.find(ref)
                .map(map -> new ConfigKeys(ref, digests(map), topology.changes(ref)));
    }

    private static Map<String, String> digests(KubeObject map) {
        var digests = new TreeMap<String, String>();
        HOLDERS.forEach(holder -> digests.putAll(map.at(holder).texts()));
        return digests;
    }

    /** Whether the reference finds what it needs here. */
    public boolean has(String key) {
        return key.isEmpty() || digests.containsKey(key);
    }

    /** The change that took the key away, if it is remembered. */
    public Optional<Change> removal(String key) {
        return changes.stream().filter(change -> valueBefore(change, key).isPresent()).findFirst();
    }

    /** The key that holds now what this one held when it was taken away. */
    public Optional<String> renamed(String key) {
        return removal(key)
                .flatMap(change -> valueBefore(change, key))
                .flatMap(
                        digest ->
                                digests.entrySet().stream()
                                        .filter(entry -> entry.getValue().equals(digest))
                                        .map(Map.Entry::getKey)
                                        .findFirst());
    }

    private static Optional<String> valueBefore(Change change, String key) {
        return change.fields().stream()
                .filter(field -> HOLDERS.stream().anyMatch(h -> field.path().equals(h + "." + key)))
                .filter(field -> field.before().isPresent() && !field.after().isPresent())
                .map(field -> field.before().text())
                .findFirst();
    }
}
