package dev.kestrel.operator.source.inventory;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.redaction.ObjectRedaction;
import dev.kestrel.operator.source.ObjectTree;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The last state of one object, kept as compact bytes: a cluster's objects as trees would take ten
 * times the memory.
 *
 * @param json canonical, redacted
 * @param fingerprint equal for versions that mean the same
 */
record Held(
        ResourceRef ref,
        String uid,
        String resourceVersion,
        byte[] json,
        String fingerprint,
        List<KubeObject.FieldManager> managers) {

    static Held of(Kind kind, GenericKubernetesResource resource) {
        var metadata = resource.getMetadata();
        var clean = ObjectRedaction.clean(kind.name(), ObjectTree.of(kind, resource));
        var namespace = clean.at("metadata", "namespace").text();
        return new Held(
                new ResourceRef(kind.name(), namespace, metadata.getName()),
                clean.at("metadata", "uid").text(),
                clean.at("metadata", "resourceVersion").text(),
                CanonicalJson.write(clean).getBytes(StandardCharsets.UTF_8),
                Significance.fingerprint(clean),
                ObjectTree.managers(metadata));
    }

    KubeObject object(Kind kind) {
        return new KubeObject(
                ref, uid, resourceVersion, kind.apiVersion(), JsonFields.read(json), managers);
    }
}
