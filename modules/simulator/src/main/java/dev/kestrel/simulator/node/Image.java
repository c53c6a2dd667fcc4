package dev.kestrel.simulator.node;

import java.util.Map;

/**
 * One image a registry holds.
 *
 * @param reference with its tag, as a pod names it
 * @param program what runs when it is started: {@code workload}, {@code coredns} or {@code task}
 * @param environment what the image sets itself; the pod's own variables win
 */
public record Image(String reference, String program, long bytes, Map<String, String> environment) {
    public Image {
        environment = Map.copyOf(environment);
    }
}
