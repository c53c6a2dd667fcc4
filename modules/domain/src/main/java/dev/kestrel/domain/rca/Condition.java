package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;

/**
 * When a mechanism or an effect applies to a resource at all. Written as CEL in the packs. Pure; a
 * condition that cannot be evaluated holds, so that a missing object never hides a cause.
 */
@FunctionalInterface
public interface Condition {
    /** Applies everywhere. */
    Condition ALWAYS = (subject, topology) -> true;

    boolean holds(ResourceRef subject, Topology topology);
}
