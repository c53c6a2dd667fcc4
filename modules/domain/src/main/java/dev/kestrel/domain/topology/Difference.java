package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.topology.Change.FieldChange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is different between two versions of an object, as far as somebody meant it. */
final class Difference {
    /** More says no more to a reader, and a whole rewritten object must stay small. */
    static final int LIMIT = 64;

    /** Status is what is, not what was meant; the rest names the object or counts its writes. */
    private static final Set<String> NOT_MEANT = Set.of("status", "apiVersion", "kind", "metadata");

    /** Annotations that controllers and clients write for themselves. */
    private static final List<String> BOOKKEEPING =
            List.of(
                    "kubectl.kubernetes.io/last-applied",
                    "deployment.kubernetes.io/",
                    "deprecated.daemonset.",
                    "control-plane.alpha.kubernetes.io/",
                    "endpoints.kubernetes.io/",
                    "pv.kubernetes.io/",
                    "volume.beta.kubernetes.io/",
                    "volume.kubernetes.io/",
                    "node.alpha.kubernetes.io/",
                    "volumes.kubernetes.io/",
                    "autoscaling.alpha.kubernetes.io/");

    /** What names an entry of a list of maps, in order of preference. */
    private static final List<String> NAMES =
            List.of("name", "mountPath", "containerPort", "port", "type", "key", "ip");

    private final List<FieldChange> found = new ArrayList<>();

    private Difference() {}

    /** Field by field, sorted by path as far as lists allow; at most {@link #LIMIT}. */
    static List<FieldChange> between(Fields before, Fields after) {
        var difference = new Difference();
        var keys = new TreeSet<>(before.members().keySet());
        keys.addAll(after.members().keySet());
        keys.removeAll(NOT_MEANT);
        keys.forEach(key -> difference.compare(key, before.at(key), after.at(key)));
        difference.compare(
                "metadata.labels", before.at("metadata", "labels"), after.at("metadata", "labels"));
        difference.compare("metadata.annotations", annotations(before), annotations(after));
        return List.copyOf(difference.found);
    }

    /** Below one path, for example of two pod templates. */
    static List<FieldChange> between(String path, Fields before, Fields after) {
        var difference = new Difference();
        difference.compare(path, before, after);
        return List.copyOf(difference.found);
    }

    private static Fields annotations(Fields object) {
        var kept = new TreeMap<String, Object>();
        object.at("metadata", "annotations").texts().entrySet().stream()
                .filter(entry -> BOOKKEEPING.stream().noneMatch(entry.getKey()::startsWith))
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return Fields.of(kept);
    }

    private void compare(String path, Fields before, Fields after) {
        if (before.equals(after) || found.size() >= LIMIT) {
            return;
        }
        if (isMap(before) && isMap(after)) {
            compareMembers(path, before.members(), after.members());
            return;
        }
        var was = named(before);
        var is = named(after);
        if (was.isPresent() && is.isPresent()) {
            compareEntries(path, was.get(), is.get());
        } else {
            found.add(new FieldChange(path, before, after));
        }
    }

    private void compareMembers(String path, Map<String, Fields> was, Map<String, Fields> is) {
        var keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (var key : keys) {
            compare(
                    path + "." + key,
                    was.getOrDefault(key, Fields.ABSENT),
                    is.getOrDefault(key, Fields.ABSENT));
        }
    }

    private void compareEntries(String path, Map<String, Fields> was, Map<String, Fields> is) {
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (var name : names) {
            compare(
                    path + "[" + name + "]",
                    was.getOrDefault(name, Fields.ABSENT),
                    is.getOrDefault(name, Fields.ABSENT));
        }
    }

    private static boolean isMap(Fields fields) {
        return fields.tree().filter(Map.class::isInstance).isPresent();
    }

    /** A list's entries by name; empty when they have none or share one. */
    private static Optional<Map<String, Fields>> named(Fields list) {
        var items = list.items();
        return items.isEmpty()
                ? Optional.empty()
                : NAMES.stream()
                        .map(key -> namedBy(key, items))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<Map<String, Fields>> namedBy(String key, List<Fields> items) {
        var byName = new LinkedHashMap<String, Fields>();
        for (var item : items) {
            var name = item.at(key).text();
            if (name.isEmpty() || byName.put(name, item) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(byName);
    }
}
