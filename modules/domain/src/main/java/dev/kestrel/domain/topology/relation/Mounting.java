package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;

import java.util.ArrayList;
import java.util.List;

/** A workload mounts ConfigMaps, Secrets and claims. */
final class Mounting {
    static final EdgeRule RULE = Mounting::derive;

    /** Kubernetes mounts this into every pod by itself. */
    private static final String TOKEN = "kube-api-access-";

    private Mounting() {}

    private static void derive(KubeObject object, Links links) {
        var template = PodTemplate.of(object);
        if (template.isEmpty()) {
            return;
        }
        for (var volume : template.get().spec().at("volumes").items()) {
            if (!volume.at("name").text().startsWith(TOKEN)) {
                mounted(volume, object.ref().namespace())
                        .forEach(ref -> links.add(links.self(), Relation.MOUNTS, ref));
            }
        }
    }

    private static List<ResourceRef> mounted(Fields volume, String namespace) {
        var found = new ArrayList<ResourceRef>();
        name(found, "ConfigMap", namespace, volume.at("configMap", "name"));
        name(found, "Secret", namespace, volume.at("secret", "secretName"));
        name(
                found,
                "PersistentVolumeClaim",
                namespace,
                volume.at("persistentVolumeClaim", "claimName"));
        for (var source : volume.at("projected", "sources").items()) {
            name(found, "ConfigMap", namespace, source.at("configMap", "name"));
            name(found, "Secret", namespace, source.at("secret", "name"));
        }
        return found;
    }

    private static void name(List<ResourceRef> found, String kind, String namespace, Fields name) {
        if (name.isPresent()) {
            found.add(new ResourceRef(kind, namespace, name.text()));
        }
    }
}
