package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Fields;

/**
 * Which ports a rule is about.
 *
 * @param name of a container's port; empty where numbers are meant
 * @param first 0 for every port
 */
record PortRange(String protocol, String name, long first, long last) {
    static PortRange read(Fields port) {
        var protocol = port.at("protocol").text("TCP");
        var which = port.at("port");
        var number = which.number(0);
        if (which.isPresent() && number == 0) {
            return new PortRange(protocol, which.text(), 0, 0);
        }
        return new PortRange(protocol, "", number, port.at("endPort").number(number));
    }

    /** A name is looked up at the destination; an address outside has none. */
    boolean matches(Call call) {
        if (!protocol.equals(call.protocol())) {
            return false;
        }
        if (!name.isEmpty()) {
            return call.to() instanceof End.Pod pod
                    && pod.port(name, call.protocol())
                            .filter(port -> port == call.port())
                            .isPresent();
        }
        return first == 0 || (first <= call.port() && call.port() <= last);
    }
}
