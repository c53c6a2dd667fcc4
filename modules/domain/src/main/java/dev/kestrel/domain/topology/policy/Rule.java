package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Fields;

import java.util.List;

/**
 * One rule of a policy: what it lists may pass.
 *
 * @param peers empty for everybody
 * @param ports empty for every port
 */
record Rule(List<Peer> peers, List<PortRange> ports) {
    Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    static Rule read(Fields rule, Direction direction) {
        return new Rule(
                rule.at(direction.peers()).items().stream().map(Peer::read).toList(),
                rule.at("ports").items().stream().map(PortRange::read).toList());
    }

    /** Both lists must match; an empty one matches everything. */
    boolean allows(Call call, Direction direction, String ownNamespace) {
        var other = direction == Direction.INGRESS ? call.from() : call.to();
        return (ports.isEmpty() || ports.stream().anyMatch(port -> port.matches(call)))
                && (peers.isEmpty()
                        || peers.stream().anyMatch(peer -> peer.matches(other, ownNamespace)));
    }
}
