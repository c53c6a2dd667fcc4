package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.scoring.CausalNetwork.Seen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where something unknown may sit: symptoms that no other symptom brings about, grouped by what
 * they hang together with. An unknown cause answers for its own group only, so it cannot win by
 * vaguely covering everything.
 */
final class Regions {
    private Regions() {}

    /** Groups of symptoms on the side of the root, each sorted, in the order of their first. */
    static List<SortedSet<StateAt>> of(Graph graph) {
        var roots =
                graph.order().stream()
                        .filter(graph::isPresent)
                        .filter(
                                node ->
                                        graph.into(node).stream()
                                                .noneMatch(link -> graph.isPresent(link.from())))
                        .toList();
        SortedMap<Object, List<StateAt>> groups = new TreeMap<>(Regions::compareText);
        roots.forEach(
                root ->
                        marks(root, graph)
                                .forEach(
                                        mark ->
                                                groups.computeIfAbsent(
                                                                mark, ignored -> new ArrayList<>())
                                                        .add(root)));
        return united(new TreeSet<>(roots), groups.values());
    }

    private static int compareText(Object a, Object b) {
        return a.toString().compareTo(b.toString());
    }

    /** What two symptoms must share to be of one region: the resource, or a latent state. */
    private static Set<Object> marks(StateAt root, Graph graph) {
        var marks = new HashSet<Object>();
        marks.add(root.at());
        for (var link : graph.into(root)) {
            if (graph.sight(link.from()).seen() == Seen.LATENT) {
                marks.add(link.from());
            }
        }
        return marks;
    }

    private static List<SortedSet<StateAt>> united(
            SortedSet<StateAt> roots, Iterable<List<StateAt>> groups) {
        Map<StateAt, SortedSet<StateAt>> region = new HashMap<>();
        roots.forEach(root -> region.put(root, new TreeSet<>(Set.of(root))));
        for (var group : groups) {
            var whole = new TreeSet<StateAt>();
            group.forEach(member -> whole.addAll(region.getOrDefault(member, new TreeSet<>())));
            whole.forEach(member -> region.put(member, whole));
        }
        var regions = new ArrayList<SortedSet<StateAt>>();
        for (var root : roots) {
            var its = region.getOrDefault(root, new TreeSet<>());
            if (its.first().equals(root)) {
                regions.add(its);
            }
        }
        return regions;
    }
}
