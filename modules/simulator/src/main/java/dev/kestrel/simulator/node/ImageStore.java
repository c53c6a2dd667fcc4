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

    /** Pushes an image to its registry. */
    public void publish(Image image) {
        held.put(image.reference(), image);
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

    /** The error of a pull that finds nothing, as containerd gives it. */
    static String notFound(String reference) {
        var full = qualified(tagged(reference));
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
