package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Comparator;

/** Which edge, whenever it exists. */
record EdgeKey(ResourceRef from, Relation relation, ResourceRef to) implements Comparable<EdgeKey> {
    private static final Comparator<EdgeKey> ORDER =
            Comparator.comparing(EdgeKey::relation)
                    .thenComparing(EdgeKey::from)
                    .thenComparing(EdgeKey::to);

    static EdgeKey of(Edge edge) {
        return new EdgeKey(edge.from(), edge.relation(), edge.to());
    }

    @Override
    public int compareTo(EdgeKey other) {
        return ORDER.compare(this, other);
    }
}
