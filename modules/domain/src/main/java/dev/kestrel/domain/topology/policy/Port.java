package dev.kestrel.domain.topology.policy;

/**
 * Where a call is aimed at its destination.
 *
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 */
public record Port(int number, String protocol) {}
