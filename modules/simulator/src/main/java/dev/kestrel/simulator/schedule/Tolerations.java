package dev.kestrel.simulator.schedule;

import dev.kestrel.simulator.resource.KubeObject;

/** Whether a pod puts up with a taint. */
public final class Tolerations {
    private Tolerations() {}

    public static boolean tolerates(KubeObject pod, String key, String value, String effect) {
        for (var toleration : pod.at("spec", "tolerations")) {
            var anyKey = toleration.path("key").asText("");
            var anyEffect = toleration.path("effect").asText("");
            var exists = toleration.path("operator").asText("").equals("Exists");
            if ((anyKey.isEmpty() ? exists : anyKey.equals(key))
                    && (anyEffect.isEmpty() || anyEffect.equals(effect))
                    && (exists || toleration.path("value").asText("").equals(value))) {
                return true;
            }
        }
        return false;
    }
}
