package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** An EndpointSlice joins the workloads of its pods to its Service, ready or not. */
final class Endpoints {
    static final EdgeRule RULE = Endpoints::derive;

    private Endpoints() {}

    private static void derive(KubeObject slice, Links links) {
        var service = slice.at("metadata", "labels", "kubernetes.io/service-name").text();
        if (!slice.ref().kind().equals("EndpointSlice") || service.isEmpty()) {
            return;
        }
        var to = new ResourceRef("Service", slice.ref().namespace(), service);
        slice.at("endpoints").items().stream()
                .map(endpoint -> endpoint.at("targetRef"))
                .filter(target -> target.at("kind").text().equals("Pod"))
                .map(target -> pod(slice, target))
                .filter(links::exists)
                .map(links::logical)
                .distinct()
                .forEach(workload -> links.add(workload, Relation.ENDPOINT_OF, to));
    }

    private static ResourceRef pod(KubeObject slice, Fields target) {
        var namespace = target.at("namespace").text(slice.ref().namespace());
        return new ResourceRef("Pod", namespace, target.at("name").text());
    }
}
