package dev.kestrel.simulator.schedule;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.Quantity;

import java.util.ArrayList;
import java.util.List;

/** One node and the pods that count against it. */
record NodeRoom(KubeObject node, List<KubeObject> pods) {
    /** What a pod asks of a node, in thousandths of a core and in bytes. */
    record Request(long milliCpu, long bytes) {
        static Request of(KubeObject pod) {
            long cpu = 0;
            long memory = 0;
            for (JsonNode container : pod.at("spec", "containers")) {
                var requests = container.path("resources").path("requests");
                cpu += Quantity.milli(requests.path("cpu").asText(""));
                memory += Quantity.units(requests.path("memory").asText(""));
            }
            return new Request(cpu, memory);
        }
    }

    /**
     * Why one node will not do.
     *
     * @param removable whether evicting other pods could change it
     */
    record Misfit(List<String> reasons, boolean removable) {}

    long allocatableCpu() {
        return Quantity.milli(node.text("status", "allocatable", "cpu"));
    }

    long allocatableBytes() {
        return Quantity.units(node.text("status", "allocatable", "memory"));
    }

    long usedCpu() {
        return pods.stream().mapToLong(pod -> Request.of(pod).milliCpu()).sum();
    }

    long usedBytes() {
        return pods.stream().mapToLong(pod -> Request.of(pod).bytes()).sum();
    }

    /**
     * The reasons of the first of the scheduler's filters that this node fails; none if it fits.
     */
    Misfit misfit(KubeObject pod) {
        if (node.at("spec", "unschedulable").asBoolean()
                && !Tolerations.tolerates(pod, UNSCHEDULABLE, "", "NoSchedule")) {
            return new Misfit(List.of("node(s) were unschedulable"), false);
        }
        for (var taint : node.at("spec", "taints")) {
            var effect = taint.path("effect").asText();
            var key = taint.path("key").asText();
            if (!effect.equals("PreferNoSchedule")
                    && !Tolerations.tolerates(pod, key, taint.path("value").asText(""), effect)) {
                return new Misfit(List.of("node(s) had untolerated taint(s)"), false);
            }
        }
        if (!NodeAffinity.admits(pod, node)) {
            var reason = "node(s) didn't match Pod's node affinity/selector";
            return new Misfit(List.of(reason), false);
        }
        return resources(Request.of(pod));
    }

    static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private Misfit resources(Request asked) {
        var reasons = new ArrayList<String>();
        var removable = true;
        if (pods.size() + 1 > Quantity.units(node.text("status", "allocatable", "pods"))) {
            reasons.add("Too many pods");
        }
        if (asked.milliCpu() > allocatableCpu() - usedCpu()) {
            reasons.add("Insufficient cpu");
            removable = asked.milliCpu() <= allocatableCpu();
        }
        if (asked.bytes() > allocatableBytes() - usedBytes()) {
            reasons.add("Insufficient memory");
            removable &= asked.bytes() <= allocatableBytes();
        }
        return new Misfit(reasons, removable);
    }
}
