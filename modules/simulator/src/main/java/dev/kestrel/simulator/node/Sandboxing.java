package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.control.Pods;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a node's runtime makes a sandbox for a pod. In a cluster with a network agent (a
 * DaemonSet on the nodes' own network that mounts where network plugins are) it needs the agent of
 * the node; the words are those of containerd and of Cilium's plugin.
 */
final class Sandboxing {
    private static final Duration PLUGIN_PATIENCE = Duration.ofSeconds(30);
    private static final String FAILED =
            "Failed to create pod sandbox: rpc error: code = Unknown desc = ";

    private Sandboxing() {}

    /**
     * What the kubelet reports.
     *
     * @param after how long an attempt takes to fail
     */
    record Refusal(String message, Duration after) {}

    static Optional<Refusal> refusal(
            KubeObject pod, String node, Actor actor, Supplier<String> id) {
        var runtime = pod.text("spec", "runtimeClassName");
        if (!runtime.isEmpty()) {
            var why =
                    "failed to get sandbox runtime: no runtime for \""
                            + runtime
                            + "\" is configured";
            return Optional.of(new Refusal(FAILED + why, Duration.ZERO));
        }
        if (pod.at("spec", "hostNetwork").asBoolean(false) || isNetworked(node, actor)) {
            return Optional.empty();
        }
        var sandbox = id.get().replace("containerd://", "");
        return Optional.of(new Refusal(FAILED + unconnected(sandbox), PLUGIN_PATIENCE));
    }

    private static String unconnected(String sandbox) {
        return ("failed to setup network for sandbox \"%s\": plugin type=\"cilium-cni\" failed"
                    + " (add): unable to connect to Cilium agent: failed to create cilium agent"
                    + " client after 30.000000 seconds timeout: Get \"http://localhost/v1/config\":"
                    + " dial unix /var/run/cilium/cilium.sock: connect: no such file or directory\n"
                    + "Is the agent running?")
                .formatted(sandbox);
    }

    private static boolean isNetworked(String node, Actor actor) {
        var agents =
                actor.list(ResourceTypes.DAEMON_SET).stream()
                        .filter(set -> isAgent(set.at("spec", "template", "spec")))
                        .toList();
        return agents.isEmpty()
                || agents.stream()
                        .flatMap(set -> actor.owned(ResourceTypes.POD, set).stream())
                        .filter(pod -> pod.text("spec", "nodeName").equals(node))
                        .anyMatch(Pods::isReady);
    }

    private static boolean isAgent(JsonNode podSpec) {
        if (podSpec.path("hostNetwork").asBoolean(false)) {
            for (var volume : podSpec.path("volumes")) {
                if (volume.at("/hostPath/path").asText("").startsWith("/opt/cni/")) {
                    return true;
                }
            }
        }
        return false;
    }
}
