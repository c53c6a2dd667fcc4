package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;

/** What a kubelet says of its node when it registers. */
final class NodeReport {
    private NodeReport() {}

    static void write(ObjectNode status, KubeObject node, int number, Instant now) {
        var addresses = status.putArray("addresses");
        addresses
                .addObject()
                .put("address", "192.168.10." + (10 + number))
                .put("type", "InternalIP");
        addresses.addObject().put("address", node.name()).put("type", "Hostname");
        if (!status.has("allocatable") && status.has("capacity")) {
            status.set("allocatable", status.path("capacity").deepCopy());
        }
        var conditions = status.putArray("conditions");
        pressure(
                conditions,
                "MemoryPressure",
                "HasSufficientMemory",
                "sufficient memory available",
                now);
        pressure(conditions, "DiskPressure", "HasNoDiskPressure", "no disk pressure", now);
        pressure(conditions, "PIDPressure", "HasSufficientPID", "sufficient PID available", now);
        var ready = add(conditions, "Ready", "True", now);
        ready.put("reason", "KubeletReady").put("message", "kubelet is posting ready status");
        Json.ensure(status, "daemonEndpoints", "kubeletEndpoint").put("Port", 10250);
        var about = Json.ensure(status, "nodeInfo");
        about.put("architecture", "amd64").put("operatingSystem", "linux");
        about.put("containerRuntimeVersion", "containerd://2.3.7");
        about.put("kubeletVersion", "v1.36.3").put("kubeProxyVersion", "");
        about.put("osImage", "Debian GNU/Linux 12 (bookworm)").put("kernelVersion", "6.18.0");
        about.put("bootID", node.uid()).put("machineID", node.uid()).put("systemUUID", node.uid());
    }

    private static void pressure(
            ArrayNode conditions, String type, String reason, String what, Instant now) {
        add(conditions, type, "False", now)
                .put("reason", "Kubelet" + reason)
                .put("message", "kubelet has " + what);
    }

    /** Writes the condition of a node whose memory runs short, or is enough again. */
    static void memory(ObjectNode condition, boolean isShort, Instant now) {
        var enough = isShort ? "insufficient" : "sufficient";
        condition.put("status", isShort ? "True" : "False");
        condition.put(
                "reason", "KubeletHas" + (isShort ? "Insufficient" : "Sufficient") + "Memory");
        condition.put("message", "kubelet has %s memory available".formatted(enough));
        condition.put("lastTransitionTime", Json.time(now));
    }

    private static ObjectNode add(ArrayNode conditions, String type, String status, Instant now) {
        var condition = conditions.addObject().put("type", type).put("status", status);
        condition.put("lastHeartbeatTime", Json.time(now));
        return condition.put("lastTransitionTime", Json.time(now));
    }
}
