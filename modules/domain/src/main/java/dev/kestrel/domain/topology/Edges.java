package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology.Closed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Live edges, each alive while at least one object brings it, and a bounded memory of closed ones.
 */
final class Edges {
    private final int closedLimit;
    private final Map<ResourceRef, SortedSet<EdgeKey>> broughtBy = new HashMap<>();
    private final Map<EdgeKey, Integer> bringers = new HashMap<>();
    private final Map<End, NavigableMap<ResourceRef, Edge>> outgoing = new HashMap<>();
    private final Map<End, NavigableMap<ResourceRef, Edge>> incoming = new HashMap<>();
    private final ArrayDeque<Closed> closed = new ArrayDeque<>();
    private final Map<EdgeKey, ArrayDeque<Closed>> closedOf = new HashMap<>();
    private long forgotten;

    private record End(ResourceRef ref, Relation relation) {}

    Edges(int closedLimit) {
        this.closedLimit = closedLimit;
    }

    /**
     * Says which edges an object brings now, in place of those it brought before.
     *
     * @param since how long an edge that comes to be exists already
     * @return both ends of every edge that came or went
     */
    NavigableSet<ResourceRef> bring(
            ResourceRef bringer,
            SortedSet<EdgeKey> now,
            Instant at,
            Function<EdgeKey, Instant> since) {
        var touched = new TreeSet<ResourceRef>();
        var before = broughtBy.getOrDefault(bringer, new TreeSet<>());
        if (before.equals(now)) {
            return touched;
        }
        now.stream()
                .filter(key -> !before.contains(key))
                .filter(key -> bringers.merge(key, 1, Integer::sum) == 1)
                .forEach(
                        key ->
                                open(
                                        new Edge(
                                                key.from(),
                                                key.relation(),
                                                key.to(),
                                                since.apply(key)),
                                        touched));
        before.stream()
                .filter(key -> !now.contains(key))
                .filter(key -> bringers.merge(key, -1, Edges::orGone) == null)
                .forEach(key -> close(key, at, touched));
        if (now.isEmpty()) {
            broughtBy.remove(bringer);
        } else {
            broughtBy.put(bringer, now);
        }
        return touched;
    }

    @SuppressWarnings("NullAway") // null is how Map.merge takes an entry out
    private static Integer orGone(Integer count, Integer change) {
        return count + change == 0 ? null : count + change;
    }

    private void open(Edge edge, NavigableSet<ResourceRef> touched) {
        var start = new End(edge.from(), edge.relation());
        var target = new End(edge.to(), edge.relation());
        outgoing.computeIfAbsent(start, missing -> new TreeMap<>()).put(edge.to(), edge);
        incoming.computeIfAbsent(target, missing -> new TreeMap<>()).put(edge.from(), edge);
        touched.add(edge.from());
        touched.add(edge.to());
    }

    private void close(EdgeKey key, Instant at, NavigableSet<ResourceRef> touched) {
        var edge = take(outgoing, new End(key.from(), key.relation()), key.to());
        take(incoming, new End(key.to(), key.relation()), key.from());
        touched.add(key.from());
        touched.add(key.to());
        remember(new Closed(edge, at));
    }

    private static Edge take(
            Map<End, NavigableMap<ResourceRef, Edge>> index, End end, ResourceRef other) {
        var edges = index.getOrDefault(end, new TreeMap<>());
        var edge = edges.remove(other);
        if (edge == null) {
            throw new IllegalStateException("an edge that is brought is not indexed at " + end);
        }
        if (edges.isEmpty()) {
            index.remove(end);
        }
        return edge;
    }

    void remember(Closed past) {
        var edge = past.edge();
        var key = EdgeKey.of(edge);
        closed.addLast(past);
        closedOf.computeIfAbsent(key, missing -> new ArrayDeque<>()).addLast(past);
        while (closed.size() > closedLimit) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        var oldest = closed.removeFirst().edge();
        var key = EdgeKey.of(oldest);
        var ofKey = closedOf.getOrDefault(key, new ArrayDeque<>());
        ofKey.pollFirst();
        if (ofKey.isEmpty()) {
            closedOf.remove(key);
        }
        forgotten++;
    }

    List<Edge> from(ResourceRef ref, Relation relation) {
        var edges = outgoing.get(new End(ref, relation));
        return edges == null ? List.of() : List.copyOf(edges.values());
    }

    List<Edge> to(ResourceRef ref, Relation relation) {
        var edges = incoming.get(new End(ref, relation));
        return edges == null ? List.of() : List.copyOf(edges.values());
    }

    boolean held(EdgeKey key, Instant at) {
        var start = new End(key.from(), key.relation());
        var live = outgoing.getOrDefault(start, new TreeMap<>()).get(key.to());
        if (live != null && !at.isBefore(live.since())) {
            return true;
        }
        return closedOf.getOrDefault(key, new ArrayDeque<>()).stream()
                .anyMatch(past -> !at.isBefore(past.edge().since()) && at.isBefore(past.until()));
    }

    /** Live edges, sorted. */
    List<Edge> live() {
        var all = new TreeMap<EdgeKey, Edge>();
        for (var edges : outgoing.values()) {
            for (var edge : edges.values()) {
                all.put(EdgeKey.of(edge), edge);
            }
        }
        return List.copyOf(all.values());
    }

    /** Closed edges that are still remembered, oldest first. */
    List<Closed> closed() {
        return List.copyOf(closed);
    }

    long forgotten() {
        return forgotten;
    }
}
