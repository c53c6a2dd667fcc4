package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;

/** Tells from a workload's status whether it is being rolled out, and is well while it is. */
final class Rollout {
    private Rollout() {}

    /** Being rolled out, with at least as many pods available as its strategy promises. */
    static boolean isHealthy(KubeObject workload) {
        return switch (workload.ref().kind()) {
            case "Deployment" -> isUnderWay(workload) && available(workload) >= promised(workload);
            case "StatefulSet" ->
                    isUnderWay(workload) && available(workload) >= wanted(workload) - 1;
            case "DaemonSet" -> isDaemonUnderWay(workload) && isDaemonAvailable(workload);
            default -> false;
        };
    }

    private static boolean isUnderWay(KubeObject workload) {
        var status = workload.at("status");
        var updated = status.at("updatedReplicas").number(0);
        return isUnobserved(workload)
                || updated < wanted(workload)
                || status.at("replicas").number(0) > updated;
    }

    private static boolean isUnobserved(KubeObject workload) {
        var generation = workload.at("metadata", "generation").number(0);
        return workload.at("status", "observedGeneration").number(generation) < generation;
    }

    private static long wanted(KubeObject workload) {
        return workload.at("spec", "replicas").number(1);
    }

    private static long available(KubeObject workload) {
        return workload.at("status", "availableReplicas").number(0);
    }

    private static long promised(KubeObject deployment) {
        var strategy = deployment.at("spec", "strategy");
        return strategy.at("type").text().equals("Recreate")
                ? 0
                : wanted(deployment)
                        - share(strategy.at("rollingUpdate", "maxUnavailable"), wanted(deployment));
    }

    /** A number, or a percentage that Kubernetes rounds down. */
    private static long share(Fields unavailable, long wanted) {
        var text = unavailable.text("25%");
        return text.matches("\\d{1,3}%")
                ? wanted * Long.parseLong(text.substring(0, text.length() - 1)) / 100
                : unavailable.number(0);
    }

    private static boolean isDaemonUnderWay(KubeObject set) {
        var status = set.at("status");
        return isUnobserved(set)
                || status.at("updatedNumberScheduled").number(0)
                        < status.at("desiredNumberScheduled").number(0);
    }

    private static boolean isDaemonAvailable(KubeObject set) {
        var status = set.at("status");
        var unavailable =
                set.at("spec", "updateStrategy", "rollingUpdate", "maxUnavailable").number(1);
        return status.at("numberAvailable").number(0)
                >= status.at("desiredNumberScheduled").number(0) - unavailable;
    }
}
