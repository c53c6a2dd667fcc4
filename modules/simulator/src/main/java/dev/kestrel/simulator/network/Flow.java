package dev.kestrel.simulator.network;

import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;

/**
 * Packets that the network looked at because a policy is about one of their ends.
 *
 * @param port at the destination
 * @param protocol {@code TCP} or {@code UDP}
 * @param inward looked at where they came in, and not where they left
 * @param allowed a default deny names no policy, so no more is told
 */
public record Flow(
        Instant at,
        KubeObject from,
        KubeObject to,
        int port,
        String protocol,
        boolean inward,
        boolean allowed,
        int packets) {}
