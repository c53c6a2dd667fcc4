package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;

/**
 * That two resources hang together, and since when.
 *
 * @param since event time at which the edge came to be
 */
public record Edge(ResourceRef from, Relation relation, ResourceRef to, Instant since) {}
