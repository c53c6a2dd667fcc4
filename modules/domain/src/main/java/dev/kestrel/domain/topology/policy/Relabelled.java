package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Selector;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Changes of namespaces' labels after which a policy no longer lets them in, or out to them. */
public final class Relabelled {
    private static final String LABELS = "metadata.labels";

    private Relabelled() {}

    /** By namespace, newest first. */
    public static List<Change> of(KubeObject policy, Topology topology) {
        var selectors = selectors(policy);
        return selectors.isEmpty()
                ? List.of()
                : topology.all("Namespace").stream()
                        .flatMap(namespace -> lost(namespace, selectors, topology))
                        .toList();
    }

    private static List<Selector> selectors(KubeObject policy) {
        return Stream.of(Direction.values())
                .flatMap(
                        direction ->
                                policy.at("spec", direction.rules()).items().stream()
                                        .flatMap(
                                                rule ->
                                                        rule
                                                                .at(direction.peers())
                                                                .items()
                                                                .stream()))
                .map(peer -> peer.at("namespaceSelector"))
                .filter(selector -> selector.isPresent())
                .map(Selector::ofLabels)
                .distinct()
                .toList();
    }

    private static Stream<Change> lost(
            KubeObject namespace, List<Selector> selectors, Topology topology) {
        var now = namespace.at("metadata", "labels").texts();
        return topology.changes(namespace.ref()).stream()
                .filter(
                        change -> {
                            var before = undone(now, change);
                            return selectors.stream()
                                    .anyMatch(one -> one.matches(before) && !one.matches(now));
                        });
    }

    private static Map<String, String> undone(Map<String, String> labels, Change change) {
        var before = new TreeMap<>(labels);
        for (var field : change.fields()) {
            if (field.path().equals(LABELS)) {
                before.clear();
                before.putAll(field.before().texts());
            } else if (field.path().startsWith(LABELS + ".")) {
                var key = field.path().substring(LABELS.length() + 1);
                before.remove(key);
                if (field.before().isPresent()) {
                    before.put(key, field.before().text());
                }
            }
        }
        return before;
    }
}
