package dev.kestrel.domain.detection.container;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a registry did not give an image. The order matters: the text of a refusal often quotes the
 * others, as in "repository does not exist or may require authorization".
 */
final class PullRefusal {
    private record Kind(String type, List<String> words) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "image.registry_unreachable",
                            List.of(
                                    "no such host",
                                    "dial tcp",
                                    "i/o timeout",
                                    "connection refused",
                                    "connection reset",
                                    "network is unreachable",
                                    "tls handshake timeout",
                                    "server misbehaving",
                                    "x509:",
                                    "context deadline exceeded",
                                    "client.timeout exceeded",
                                    "503 service unavailable",
                                    "502 bad gateway")),
                    new Kind(
                            "image.pull_denied",
                            List.of(
                                    "pull access denied",
                                    "unauthorized",
                                    "401 ",
                                    "403 ",
                                    "forbidden",
                                    "authentication required",
                                    "authorization failed",
                                    "insufficient_scope",
                                    "no basic auth credentials")),
                    new Kind(
                            "image.manifest_not_found",
                            List.of(
                                    "not found",
                                    "code = notfound",
                                    "manifest unknown",
                                    "no such manifest",
                                    "name unknown",
                                    "does not exist")));

    static final List<String> TYPES = KINDS.stream().map(Kind::type).toList();

    private PullRefusal() {}

    /** The type of symptom that a message tells of; empty when it only says that it failed. */
    static Optional<String> of(String message) {
        var text = message.toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> kind.words().stream().anyMatch(text::contains))
                .map(Kind::type)
                .findFirst();
    }
}
