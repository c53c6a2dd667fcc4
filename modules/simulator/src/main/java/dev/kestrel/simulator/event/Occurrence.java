package dev.kestrel.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

/**
 * Something a component saw happen to an object.
 *
 * @param type Normal or Warning
 * @param fieldPath the part of the object meant, such as one container; may be empty
 */
public record Occurrence(
        Source source,
        KubeObject about,
        String fieldPath,
        String type,
        String reason,
        String message) {

    public static final String NORMAL = "Normal";
    public static final String WARNING = "Warning";

    /** Events about cluster-wide objects live in the default namespace. */
    String namespace() {
        return about.namespace().isEmpty() ? "default" : about.namespace();
    }

    /** Same source, object and type: what the spam filter counts. */
    String spamKey() {
        return String.join(
                "|",
                source.component(),
                source.host(),
                about.type().kind(),
                about.namespace(),
                about.name(),
                about.uid(),
                type);
    }

    /** Same reason too: what is aggregated when the messages differ. */
    String aggregateKey() {
        return spamKey() + "|" + reason;
    }

    /** The same in everything: counted up. */
    String eventKey() {
        return aggregateKey() + "|" + fieldPath + "|" + message;
    }

    ObjectNode involved() {
        var involved = Json.object();
        involved.put("apiVersion", about.type().apiVersion());
        if (!fieldPath.isEmpty()) {
            involved.put("fieldPath", fieldPath);
        }
        // client-go finds a node by its name: kubelets and controllers give that as the uid.
        var uid = about.type().equals(ResourceTypes.NODE) ? about.name() : about.uid();
        involved.put("kind", about.type().kind()).put("name", about.name());
        if (!about.namespace().isEmpty()) {
            involved.put("namespace", about.namespace());
        }
        involved.put("resourceVersion", Long.toString(about.resourceVersion()));
        return involved.put("uid", uid);
    }
}
