package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How a fault's workload is, by the word of the kubelet and of the containers' own logs. */
record KubeletView(RealCluster cluster, Fault fault) {

    private static final Duration SOON = Duration.ofSeconds(45);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String GOOD_CALL = "GET http://backend/ 200";

    static KubeletView of(RealCluster cluster, Fault fault) {
        return new KubeletView(cluster, fault);
    }

    /**
     * Returns when every container runs and is ready, and calls get through where there are any.
     */
    void awaitHealthy() {
        var end = System.nanoTime() + SOON.toNanos();
        while (!complaints().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(fault + " is not over: " + complaints());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private List<String> complaints() {
        var complaints = new ArrayList<String>();
        for (var namespace : List.of(fault.namespace(), fault.brokenNamespace())) {
            var pods = cluster.get(namespace, "pods").get("items");
            if (pods.isEmpty()) {
                complaints.add("there is no pod in " + namespace);
            }
            pods.valueStream()
                    .filter(pod -> !pod.at("/metadata").has("deletionTimestamp"))
                    .filter(pod -> !runs(pod))
                    .map(pod -> pod.at("/metadata/name") + ": " + pod.path("status"))
                    .forEach(complaints::add);
        }
        if (fault.hasCaller()) {
            var last =
                    cluster.kubectl(
                            "logs", "-n", fault.namespace(), "deployment/frontend", "--tail=1");
            if (!last.out().contains(GOOD_CALL)) {
                complaints.add("the last call ended with " + last.out());
            }
        }
        return complaints;
    }

    private static boolean runs(JsonNode pod) {
        var containers = pod.at("/status/containerStatuses");
        return !containers.isEmpty()
                && containers
                        .valueStream()
                        .allMatch(
                                container ->
                                        container.path("ready").asBoolean()
                                                && container.path("state").has("running"));
    }
}
