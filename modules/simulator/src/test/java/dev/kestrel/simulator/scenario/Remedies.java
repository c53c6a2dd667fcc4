package dev.kestrel.simulator.scenario;

import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.FieldManager;
import dev.kestrel.simulator.write.Registry.PatchKind;

import java.util.Map;

/** What a person who knows the cause would do about each scenario. */
final class Remedies {
    private static final Map<String, String> PATCHES =
            Map.ofEntries(
                    remedy(
                            "memory-limit-lowered",
                            "Deployment",
                            "shop",
                            "checkout",
                            container(
                                    "checkout",
                                    "resources: {requests: {memory: 64Mi}, limits: {memory:"
                                            + " 128Mi}}")),
                    remedy(
                            "memory-leak-released",
                            "Deployment",
                            "shop",
                            "catalog",
                            container("catalog", "image: 'shop/catalog:5.0.3'")),
                    remedy(
                            "memory-limit-lowered-on-cache",
                            "StatefulSet",
                            "shop",
                            "session-cache",
                            container(
                                    "session-cache",
                                    "resources: {requests: {memory: 192Mi}, limits: {memory:"
                                            + " 256Mi}}")),
                    remedy(
                            "image-tag-missing",
                            "Deployment",
                            "shop",
                            "frontend",
                            container("frontend", "image: 'shop/frontend:3.4.1'")),
                    remedy(
                            "image-tag-missing-on-cache",
                            "StatefulSet",
                            "shop",
                            "session-cache",
                            container("session-cache", "image: 'shop/session-cache:7.2'")),
                    remedy(
                            "requests-beyond-any-node",
                            "Deployment",
                            "shop",
                            "checkout",
                            container(
                                    "checkout",
                                    "resources: {requests: {memory: 64Mi}, limits: {memory:"
                                            + " 128Mi}}")),
                    remedy(
                            "replicas-beyond-the-cluster",
                            "Deployment",
                            "analytics",
                            "trends",
                            "{replicas: 4}"),
                    remedy(
                            "service-selector-edited",
                            "Service",
                            "payments",
                            "payments",
                            "{selector: {app: payments}}"),
                    remedy(
                            "pod-labels-renamed",
                            "Service",
                            "shop",
                            "catalog",
                            "{selector: {tier: catalogue}}"),
                    remedy(
                            "cache-selector-edited",
                            "Service",
                            "shop",
                            "session-cache",
                            "{selector: {app: session-cache}}"),
                    remedy(
                            "dns-scaled-to-zero",
                            "Deployment",
                            "kube-system",
                            "coredns",
                            "{replicas: 2}"),
                    remedy(
                            "dns-crashing",
                            "Deployment",
                            "kube-system",
                            "coredns",
                            container("coredns", "args: [-conf, /etc/coredns/Corefile]")),
                    remedy(
                            "readiness-probe-mistyped",
                            "Deployment",
                            "payments",
                            "payments",
                            container("payments", "readinessProbe: {httpGet: {port: 8080}}")),
                    remedy(
                            "liveness-probe-mistyped",
                            "Deployment",
                            "shop",
                            "checkout",
                            container("checkout", "livenessProbe: {httpGet: {port: 8080}}")),
                    remedy(
                            "node-label-missing",
                            "Deployment",
                            "shop",
                            "checkout",
                            "{template: {spec: {nodeSelector: null}}}"),
                    remedy(
                            "node-affinity-mistyped",
                            "Deployment",
                            "payments",
                            "payments",
                            "{template: {spec: {affinity: null}}}"),
                    remedy(
                            "toleration-removed",
                            "Deployment",
                            "analytics",
                            "trends",
                            "{template: {spec: {tolerations: [{key: dedicated, operator:"
                                    + " Exists}]}}}"),
                    remedy(
                            "node-memory-eaten",
                            "Deployment",
                            "analytics",
                            "trends",
                            container("trends", "image: 'shop/analytics:0.12.0'")),
                    agent("network-agent-upgraded"),
                    agent("network-agent-image-missing"),
                    remedy(
                            "mutual-tls-demanded",
                            "PeerAuthentication",
                            "payments",
                            "default",
                            "{mtls: {mode: PERMISSIVE}}"),
                    remedy(
                            "mutual-tls-demanded-of-one",
                            "PeerAuthentication",
                            "payments",
                            "payments",
                            "{portLevelMtls: {'8080': {mode: PERMISSIVE}}}"),
                    tariff("config-key-mistyped", "tariff"),
                    tariff("config-key-renamed", "tariffs"),
                    policy("policy-keeps-caller-out", "payments", "payments", "ingress: [{}]"),
                    policy("policy-keeps-visitors-out", "shop", "checkout", "ingress: [{}]"),
                    policy("policy-rule-removed", "shop", "cart", "egress: [{}]"),
                    policy("policy-namespace-relabelled", "payments", "by-team", "ingress: [{}]"),
                    policy("policy-forgets-names", "shop", "checkout", "egress: [{}]"),
                    policy(
                            "policy-closes-a-namespace",
                            "analytics",
                            "default-deny",
                            "egress: [{}]"));

    private Remedies() {}

    private static Map.Entry<String, String> remedy(
            String scenario, String kind, String namespace, String name, String spec) {
        return Map.entry(
                scenario,
                "{kind: %s, namespace: %s, name: %s, with: {spec: %s}}"
                        .formatted(kind, namespace, name, spec));
    }

    private static Map.Entry<String, String> agent(String scenario) {
        return remedy(
                scenario,
                "DaemonSet",
                "kube-system",
                "cilium",
                container("cilium-agent", "image: 'cilium/cilium:v1.20.2'"));
    }

    private static Map.Entry<String, String> tariff(String scenario, String key) {
        return remedy(
                scenario,
                "Deployment",
                "shop",
                "checkout",
                container(
                        "checkout",
                        "env: [{name: TARIFF, valueFrom: {configMapKeyRef: {name:"
                                + " checkout-settings, key: %s}}}]".formatted(key)));
    }

    private static Map.Entry<String, String> policy(
            String scenario, String namespace, String name, String rules) {
        return remedy(scenario, "NetworkPolicy", namespace, name, "{" + rules + "}");
    }

    private static String container(String name, String what) {
        return "{template: {spec: {containers: [{name: %s, %s}]}}}".formatted(name, what);
    }

    static void apply(SimulatedCluster cluster, String scenario) {
        var remedy = Json.parse(PATCHES.getOrDefault(scenario, "{}"));
        var type = ResourceTypes.ofKind(remedy.path("kind").asText());
        var namespace = remedy.path("namespace").asText();
        var key = new ResourceKey(type, namespace, remedy.path("name").asText());
        cluster.inside(
                inside -> {
                    var with = remedy.path("with");
                    var next = inside.registry().patched(key, with, PatchKind.STRATEGIC);
                    return inside.registry().replace(next, FieldManager.update("remedy"), false);
                });
    }
}
