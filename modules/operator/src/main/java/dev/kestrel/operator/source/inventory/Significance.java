package dev.kestrel.operator.source.inventory;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.Fields;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides whether a new version of an object says anything new. Heartbeats, counters of the API and
 * gauges that other sources read better do not: a quiet cluster is quiet on the wire.
 */
final class Significance {
    private static final Set<String> NOISE =
            Set.of(
                    "resourceVersion",
                    "lastHeartbeatTime",
                    "lastProbeTime",
                    "currentMetrics",
                    "currentCPUUtilizationPercentage",
                    "endpoints.kubernetes.io/last-change-trigger-time",
                    "control-plane.alpha.kubernetes.io/leader");

    private Significance() {}

    /** Equal for two versions of an object that mean the same. */
    static String fingerprint(Fields object) {
        return CanonicalJson.digest(quiet(object));
    }

    private static Fields quiet(Fields here) {
        var tree = here.tree().orElse("");
        if (tree instanceof List<?>) {
            return Fields.of(here.items().stream().map(Significance::quiet).toList());
        }
        if (tree instanceof Map<?, ?>) {
            var rest = new TreeMap<String, Object>();
            here.members().forEach((key, member) -> rest.put(key, quiet(member)));
            rest.keySet().removeAll(NOISE);
            return Fields.of(rest);
        }
        return here;
    }
}
