package dev.kestrel.domain.detection.pod;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why the runtime made no sandbox for a pod, in the words of containerd and of the network plugins.
 * The order matters: a plugin without addresses is a plugin that fails, too.
 */
final class SandboxRefusal {
    private record Kind(String type, List<String> words) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "pod.sandbox_no_runtime",
                            List.of("no runtime for", "runtimeclass", "runtime handler")),
                    new Kind(
                            "pod.sandbox_no_address",
                            List.of(
                                    "no ip addresses available",
                                    "no more ips",
                                    "no available ip",
                                    "no free ip",
                                    "range is full",
                                    "pool exhausted",
                                    "address pool",
                                    "failed to assign an ip address",
                                    "no addresses available")),
                    new Kind(
                            "pod.sandbox_network_down",
                            List.of(
                                    "cni plugin not initialized",
                                    "cni config uninitialized",
                                    "no networks found in",
                                    "failed to find plugin",
                                    "is the agent running",
                                    "unable to connect to",
                                    "failed to setup network for sandbox",
                                    "failed to set up sandbox container",
                                    "networkplugin cni failed")));

    static final String FAILED = "pod.sandbox_failed";

    /** That it failed, and the reasons. */
    static final List<String> TYPES =
            Stream.concat(Stream.of(FAILED), KINDS.stream().map(Kind::type)).toList();

    private SandboxRefusal() {}

    /** The type of symptom that a message tells of; empty when the reason is none of these. */
    static Optional<String> of(String message) {
        var text = message.toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> kind.words().stream().anyMatch(text::contains))
                .map(Kind::type)
                .findFirst();
    }
}
