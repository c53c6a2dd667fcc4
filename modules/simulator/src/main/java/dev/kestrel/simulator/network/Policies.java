package dev.kestrel.simulator.network;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;

import java.util.List;
import java.util.Map;

/** What a network plugin makes of NetworkPolicies: packets pass or are dropped without a word. */
final class Policies {
    private final ObjectStore store;

    /** What it did at one end. */
    enum Verdict {
        /** No policy is about this end. */
        OPEN,
        ALLOWED,
        DENIED
    }

    /** A packet's ends, where it is aimed, and the end that is asked about. */
    record Packet(KubeObject from, KubeObject to, int port, String protocol, boolean inward) {
        KubeObject own() {
            return inward ? to : from;
        }

        KubeObject other() {
            return inward ? from : to;
        }
    }

    Policies(ObjectStore store) {
        this.store = store;
    }

    Verdict judge(Packet packet) {
        if (packet.from().uid().equals(packet.to().uid()) || isOfNode(packet.own())) {
            return Verdict.OPEN;
        }
        var about =
                store.list(ResourceTypes.ofKind("NetworkPolicy")).stream()
                        .filter(policy -> isAbout(policy, packet))
                        .toList();
        if (about.isEmpty()) {
            return Verdict.OPEN;
        }
        return about.stream().anyMatch(policy -> lets(policy, packet))
                ? Verdict.ALLOWED
                : Verdict.DENIED;
    }

    private static boolean isOfNode(KubeObject pod) {
        return pod.at("spec", "hostNetwork").asBoolean();
    }

    private static boolean isAbout(KubeObject policy, Packet packet) {
        var wanted = packet.inward() ? "Ingress" : "Egress";
        var types = policy.at("spec", "policyTypes");
        var typed = false;
        for (var type : types) {
            typed |= type.asText().equals(wanted);
        }
        if (types.isEmpty()) {
            typed = packet.inward() || !policy.at("spec", "egress").isEmpty();
        }
        return typed
                && policy.namespace().equals(packet.own().namespace())
                && LabelSelector.ofObject(policy.at("spec", "podSelector"))
                        .matches(packet.own().labels());
    }

    private boolean lets(KubeObject policy, Packet packet) {
        for (var rule : policy.at("spec", packet.inward() ? "ingress" : "egress")) {
            if (peer(rule.path(packet.inward() ? "from" : "to"), policy, packet)
                    && port(rule.path("ports"), packet)) {
                return true;
            }
        }
        return false;
    }

    private boolean peer(JsonNode peers, KubeObject policy, Packet packet) {
        if (peers.isEmpty()) {
            return true;
        }
        for (var peer : peers) {
            var block = peer.path("ipBlock");
            if (block.isMissingNode()
                    ? selects(peer, policy, packet.other())
                    : isIn(block, packet.other().text("status", "podIP"))) {
                return true;
            }
        }
        return false;
    }

    private boolean selects(JsonNode peer, KubeObject policy, KubeObject pod) {
        var spaces = peer.path("namespaceSelector");
        var inSpace =
                spaces.isMissingNode()
                        ? pod.namespace().equals(policy.namespace())
                        : LabelSelector.ofObject(spaces).matches(labels(pod.namespace()));
        return inSpace
                && !isOfNode(pod)
                && LabelSelector.ofObject(peer.path("podSelector")).matches(pod.labels());
    }

    private Map<String, String> labels(String namespace) {
        return store.get(new ResourceKey(ResourceTypes.NAMESPACE, "", namespace))
                .map(KubeObject::labels)
                .orElse(Map.of());
    }

    private static boolean isIn(JsonNode block, String address) {
        for (var except : block.path("except")) {
            if (isIn(except.asText(), address)) {
                return false;
            }
        }
        return isIn(block.path("cidr").asText(), address);
    }

    /** Pods have addresses of the fourth version only. */
    private static boolean isIn(String cidr, String address) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.contains(":") || address.isEmpty()) {
            return false;
        }
        int shift = 32 - Integer.parseInt(cidr.substring(slash + 1));
        return bits(cidr.substring(0, slash)) >> shift == bits(address) >> shift;
    }

    private static long bits(String address) {
        long bits = 0;
        for (var octet : List.of(address.split("\\."))) {
            bits = bits << 8 | Long.parseLong(octet);
        }
        return bits;
    }

    private static boolean port(JsonNode ports, Packet packet) {
        if (ports.isEmpty()) {
            return true;
        }
        for (var port : ports) {
            if (port.path("protocol").asText("TCP").equals(packet.protocol())
                    && isPort(port, packet)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPort(JsonNode port, Packet packet) {
        var which = port.path("port");
        if (which.isMissingNode()) {
            return true;
        }
        if (which.isTextual()) {
            return isNamed(which.asText(), packet);
        }
        int last = port.path("endPort").asInt(which.asInt());
        return which.asInt() <= packet.port() && packet.port() <= last;
    }

    private static boolean isNamed(String name, Packet packet) {
        for (var container : packet.to().at("spec", "containers")) {
            for (var port : container.path("ports")) {
                if (port.path("name").asText().equals(name)
                        && port.path("containerPort").asInt() == packet.port()
                        && port.path("protocol").asText("TCP").equals(packet.protocol())) {
                    return true;
                }
            }
        }
        return false;
    }
}
