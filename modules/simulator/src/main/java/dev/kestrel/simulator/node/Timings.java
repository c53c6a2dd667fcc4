package dev.kestrel.simulator.node;

import java.time.Duration;

/**
 * How long things take in the cluster. The defaults are Kubernetes' own.
 *
 * @param tick how often every component looks at the world
 * @param sandbox from seeing a pod to having its network
 * @param pull fetching an image that the node does not have
 * @param refusal until a registry says that it has no such image
 * @param start from created to started container
 * @param stop from the termination signal to the end of a well-behaved process
 * @param sync how often a kubelet looks at a pod that waits in a back-off longer than this
 * @param backoff first wait before a restart or another pull
 * @param longestBackoff where the doubling of waits ends
 */
public record Timings(
        Duration tick,
        Duration sandbox,
        Duration pull,
        Duration refusal,
        Duration start,
        Duration stop,
        Duration sync,
        Duration backoff,
        Duration longestBackoff) {

    public static final Timings KUBERNETES =
            new Timings(
                    Duration.ofMillis(250),
                    Duration.ofMillis(750),
                    Duration.ofMillis(1800),
                    Duration.ofMillis(500),
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5));
}
