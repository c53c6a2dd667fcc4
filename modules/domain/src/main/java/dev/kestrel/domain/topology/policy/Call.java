package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.topology.Topology;

/**
 * What wants to pass.
 *
 * @param port at the destination, after any translation of a Service's address
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 */
public record Call(End from, End to, int port, String protocol) {
    public Call(End from, End to, Port at) {
        this(from, to, at.number(), at.protocol());
    }

    public Port at() {
        return new Port(port, protocol);
    }

    /** For people, by workload. */
    public String shown(Topology topology) {
        return "%s to %s, %s %d"
                .formatted(from.shown(topology), to.shown(topology), protocol, port);
    }
}
