package dev.kestrel.domain.topology.policy;

import org.jspecify.annotations.NullUnmarked;

import java.util.List;
import java.util.Map;

/**
 * Whether policies let a call pass, written from the documentation alone with nothing of what it
 * checks. It reads plain maps, in which what is absent is null.
 */
@NullUnmarked
@SuppressWarnings("unchecked")
final class PolicyOracle {

    private PolicyOracle() {}

    /** A pod in the oracle's own words: no selector, no block, only what it is. */
    record Member(
            String namespace,
            String name,
            Map<String, String> labels,
            Map<String, String> namespaceLabels,
            int address) {
        String ip() {
            return "10.0.%d.%d".formatted(address / 8, address % 8);
        }
    }

    static boolean passes(
            List<Map<String, Object>> all, Member from, Member to, int port, String protocol) {
        if (from.equals(to)) {
            return true;
        }
        return open(all, "Egress", "egress", "to", from, to, port, protocol)
                && open(all, "Ingress", "ingress", "from", to, from, port, protocol);
    }

    private static boolean open(
            List<Map<String, Object>> all,
            String type,
            String list,
            String peers,
            Member own,
            Member other,
            int port,
            String protocol) {
        var isolated = false;
        for (var policy : all) {
            var spec = (Map<String, Object>) policy.get("spec");
            if (policy.get("ns").equals(own.namespace())
                    && isAbout(spec, type)
                    && selects((Map<String, Object>) spec.get("podSelector"), own.labels())) {
                isolated = true;
                for (var rule : (List<Map<String, Object>>) spec.getOrDefault(list, List.of())) {
                    if (peerIn((List<Object>) rule.get(peers), other, own.namespace())
                            && portIn((List<Object>) rule.get("ports"), port, protocol)) {
                        return true;
                    }
                }
            }
        }
        return !isolated;
    }

    private static boolean isAbout(Map<String, Object> spec, String type) {
        var types = (List<String>) spec.get("policyTypes");
        if (types != null) {
            return types.contains(type);
        }
        return type.equals("Ingress")
                || !((List<Object>) spec.getOrDefault("egress", List.of())).isEmpty();
    }

    private static boolean peerIn(List<Object> peers, Member other, String own) {
        if (peers == null || peers.isEmpty()) {
            return true;
        }
        for (var one : peers) {
            var peer = (Map<String, Object>) one;
            var block = (Map<String, Object>) peer.get("ipBlock");
            if (block != null) {
                var most = block.get("cidr").equals("10.0.0.0/24") ? 8 : 4;
                var inside = other.address() < most;
                var excepted =
                        !((List<Object>) block.get("except")).isEmpty()
                                && (other.address() == 2 || other.address() == 3);
                if (inside && !excepted) {
                    return true;
                }
                continue;
            }
            var spaces = (Map<String, Object>) peer.get("namespaceSelector");
            var pods = (Map<String, Object>) peer.get("podSelector");
            var inSpace =
                    spaces == null
                            ? other.namespace().equals(own)
                            : selects(spaces, other.namespaceLabels());
            if (inSpace && (pods == null || selects(pods, other.labels()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean portIn(List<Object> ports, int port, String protocol) {
        if (ports == null || ports.isEmpty()) {
            return true;
        }
        for (var one : ports) {
            var wanted = (Map<String, Object>) one;
            if (!wanted.getOrDefault("protocol", "TCP").equals(protocol)) {
                continue;
            }
            var which = wanted.get("port");
            if (which == null
                    || (which.equals("http") && port == 8080 && protocol.equals("TCP"))
                    || which.equals(port)
                    || (wanted.containsKey("endPort") && port >= 53 && port <= 80)) {
                return true;
            }
        }
        return false;
    }

    private static boolean selects(Map<String, Object> selector, Map<String, String> labels) {
        for (var wanted :
                ((Map<String, String>) selector.getOrDefault("matchLabels", Map.of())).entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (var one : (List<Object>) selector.getOrDefault("matchExpressions", List.of())) {
            var demand = (Map<String, Object>) one;
            var value = labels.get((String) demand.get("key"));
            var values = (List<String>) demand.getOrDefault("values", List.of());
            var holds =
                    switch ((String) demand.get("operator")) {
                        case "In" -> value != null && values.contains(value);
                        case "NotIn" -> value == null || !values.contains(value);
                        case "Exists" -> value != null;
                        default -> value == null;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
