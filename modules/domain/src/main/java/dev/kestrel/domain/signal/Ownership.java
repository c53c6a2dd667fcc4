package dev.kestrel.domain.signal;

/**
 * A node's claim on a cluster. Every write carries it and fails once a higher epoch exists.
 *
 * @param node id of the cloud node
 * @param epoch grows by one with each claim
 */
public record Ownership(ClusterRef cluster, String node, long epoch) {}
