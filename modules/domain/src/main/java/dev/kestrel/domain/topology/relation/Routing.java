package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** An Ingress routes to the Services of its backends. */
final class Routing {
    static final EdgeRule RULE = Routing::derive;

    private Routing() {}

    private static void derive(KubeObject ingress, Links links) {
        if (!ingress.ref().kind().equals("Ingress")) {
            return;
        }
        route(ingress, ingress.at("spec", "defaultBackend"), links);
        for (var rule : ingress.at("spec", "rules").items()) {
            for (var path : rule.at("http", "paths").items()) {
                route(ingress, path.at("backend"), links);
            }
        }
    }

    private static void route(KubeObject ingress, Fields backend, Links links) {
        var service = backend.at("service", "name").text();
        if (!service.isEmpty()) {
            links.add(
                    ingress.ref(),
                    Relation.ROUTES_TO,
                    new ResourceRef("Service", ingress.ref().namespace(), service));
        }
    }
}
