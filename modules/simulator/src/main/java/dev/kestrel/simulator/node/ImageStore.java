package dev.kestrel.simulator.node;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the registries hold, and which of it each node has pulled. */
public final class ImageStore {
    private final Map<String, Image> held = new TreeMap<>();
    private final Set<String> pulled = new HashSet<>();
    private final Map<String, Answer> answers = new TreeMap<>();

    /** How a registry behaves to those who pull. */
    public enum Answer {
        NORMAL,
        /** It wants another login. */
        DENIED,
        /** It does not answer at all. */
        SILENT
    }

    /** Pushes an image to its registry. */
    public void publish(Image image) {
        held.put(image.reference(), image);
    }

    /**
     * From now on a registry answers so.
     *
     * @param repositories beginning of the references it is about, such as {@code shop/}
     */
    public void answer(String repositories, Answer answer) {
        answers.put(repositories, answer);
    }

    Answer answer(String reference) {
        return answers.entrySet().stream()
                .filter(entry -> reference.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Answer.NORMAL, (_, longer) -> longer);
    }

    Optional<Image> find(String reference) {
        return Optional.ofNullable(held.get(tagged(reference)));
    }

    boolean isOn(String node, String reference) {
        return pulled.contains(node + "|" + tagged(reference));
    }

    void pulled(String node, String reference) {
        pulled.add(node + "|" + tagged(reference));
    }

    private static String tagged(String reference) {
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        return name.contains(":") ? reference : reference + ":latest";
    }

    /** The error of a pull that comes to nothing, as containerd gives it. */
    String error(String reference) {
        var full = qualified(tagged(reference));
        return switch (answer(reference)) {
            case NORMAL -> notFound(full);
            case DENIED -> denied(full);
            case SILENT -> timedOut(full);
        };
    }

    private static String denied(String full) {
        return ("rpc error: code = Unknown desc = failed to pull and unpack image \"%s\": failed to"
                        + " resolve image: pull access denied, repository does not exist or may"
                        + " require authorization: server message: insufficient_scope:"
                        + " authorization failed")
                .formatted(full);
    }

    private static String timedOut(String full) {
        int slash = full.indexOf('/');
        int colon = full.lastIndexOf(':');
        var host = full.substring(0, slash);
        return ("rpc error: code = Unknown desc = failed to pull and unpack image \"%s\": failed to"
                        + " resolve image: failed to do request: Head"
                        + " \"https://%s/v2/%s/manifests/%s\": dial tcp: lookup %s: i/o timeout")
                .formatted(
                        full,
                        host,
                        full.substring(slash + 1, colon),
                        full.substring(colon + 1),
                        host);
    }

    private static String notFound(String full) {
        return ("rpc error: code = NotFound desc = failed to pull and unpack image \"%1$s\": failed"
                        + " to resolve image: %1$s: not found")
                .formatted(full);
    }

    /** The reference with registry and repository spelled out, as the runtime reports it. */
    static String qualified(String reference) {
        int slash = reference.indexOf('/');
        if (slash < 0) {
            return "docker.io/library/" + reference;
        }
        var first = reference.substring(0, slash);
        return first.contains(".") || first.contains(":") ? reference : "docker.io/" + reference;
    }
}
