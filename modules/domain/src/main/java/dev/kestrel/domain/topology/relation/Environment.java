package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;

/** A workload's environment refers to ConfigMaps and Secrets. */
final class Environment {
    static final EdgeRule RULE = Environment::derive;

    private Environment() {}

    private static void derive(KubeObject object, Links links) {
        PodTemplate.of(object).stream()
                .flatMap(template -> template.containers().stream())
                .forEach(container -> read(container, object.ref().namespace(), links));
    }

    private static void read(Fields container, String namespace, Links links) {
        for (var variable : container.at("env").items()) {
            var from = variable.at("valueFrom");
            link(links, "ConfigMap", namespace, from.at("configMapKeyRef", "name"));
            link(links, "Secret", namespace, from.at("secretKeyRef", "name"));
        }
        for (var whole : container.at("envFrom").items()) {
            link(links, "ConfigMap", namespace, whole.at("configMapRef", "name"));
            link(links, "Secret", namespace, whole.at("secretRef", "name"));
        }
    }

    private static void link(Links links, String kind, String namespace, Fields name) {
        if (name.isPresent()) {
            var target = new ResourceRef(kind, namespace, name.text());
            links.add(links.self(), Relation.ENV_REF, target);
        }
    }
}
