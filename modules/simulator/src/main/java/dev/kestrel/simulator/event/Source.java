package dev.kestrel.simulator.event;

/**
 * Which component says it.
 *
 * @param host the node it runs on, empty for the control plane's own
 */
public record Source(String component, String host) {
    public static Source of(String component) {
        return new Source(component, "");
    }
}
