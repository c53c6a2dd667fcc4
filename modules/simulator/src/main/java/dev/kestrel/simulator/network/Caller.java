package dev.kestrel.simulator.network;

/**
 * Who calls.
 *
 * @param namespace in which names without one are looked up
 * @param pod empty for somebody whom no policy is about
 */
public record Caller(String namespace, String pod) {
    /** Somebody in a namespace whom no policy is about. */
    public static Caller in(String namespace) {
        return new Caller(namespace, "");
    }
}
