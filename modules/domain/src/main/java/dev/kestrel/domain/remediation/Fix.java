package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.topology.Topology;

import java.util.Optional;

/**
 * Computes one kind of fix from the live object and its history. Pure; the knowledge refers to it
 * by id.
 */
public interface Fix {
    /** As in the knowledge, for example {@code fix.raise_memory_limit}. */
    String id();

    /**
     * Empty when this fix cannot be computed here: nothing to go by, or it would change nothing.
     */
    Optional<Draft> draft(Cause cause, Topology topology);
}
