package dev.kestrel.simulator.network;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;

/** What the proxies of a mesh (Istio) do with a call: one that must be mutual TLS is cut off. */
final class Sidecars {
    private static final String ROOT = "istio-system";
    private static final String STRICT = "STRICT";

    private final ObjectStore store;

    Sidecars(ObjectStore store) {
        this.store = store;
    }

    static boolean has(KubeObject pod) {
        for (var sort : new String[] {"containers", "initContainers"}) {
            for (var container : pod.at("spec", sort)) {
                if (container.path("name").asText().equals("istio-proxy")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a plain call to the port is reset by the proxy of the called pod. */
    boolean resetPlaintext(KubeObject called, int port) {
        return has(called) && mode(called, port).equals(STRICT);
    }

    private String mode(KubeObject pod, int port) {
        var own = oldest(pod.namespace(), policy -> selects(policy, pod.labels()));
        var mode = own.path("portLevelMtls").path(Integer.toString(port)).path("mode").asText("");
        for (var spec :
                new JsonNode[] {
                    own, oldest(pod.namespace(), Sidecars::isWide), oldest(ROOT, Sidecars::isWide)
                }) {
            if (mode.isEmpty() || mode.equals("UNSET")) {
                mode = spec.path("mtls").path("mode").asText("");
            }
        }
        return mode;
    }

    private JsonNode oldest(String namespace, Predicate<KubeObject> level) {
        return store.list(ResourceTypes.PEER_AUTHENTICATION).stream()
                .filter(policy -> policy.namespace().equals(namespace))
                .filter(level)
                .min(Comparator.comparing(KubeObject::created).thenComparing(KubeObject::name))
                .map(policy -> policy.at("spec"))
                .orElseGet(Json::object);
    }

    private static boolean isWide(KubeObject policy) {
        return policy.at("spec", "selector", "matchLabels").isEmpty();
    }

    private static boolean selects(KubeObject policy, Map<String, String> labels) {
        return !isWide(policy)
                && labels.entrySet()
                        .containsAll(
                                Json.strings(policy.at("spec", "selector", "matchLabels"))
                                        .entrySet());
    }
}
