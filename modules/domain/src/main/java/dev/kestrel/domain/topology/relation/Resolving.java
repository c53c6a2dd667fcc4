package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;

/** A workload resolves names through the cluster's DNS, unless its DNS policy says otherwise. */
final class Resolving {
    static final EdgeRule RULE = Resolving::derive;

    private static final ResourceRef CLUSTER_DNS =
            new ResourceRef("Service", "kube-system", "kube-dns");

    private Resolving() {}

    private static void derive(KubeObject object, Links links) {
        if (PodTemplate.of(object).filter(template -> usesCluster(template.spec())).isPresent()) {
            links.add(links.self(), Relation.RESOLVES_VIA, CLUSTER_DNS);
        }
    }

    private static boolean usesCluster(Fields spec) {
        return switch (spec.at("dnsPolicy").text("ClusterFirst")) {
            // On the host's network the kubelet falls back to the host's own resolver.
            case "ClusterFirst" -> !spec.at("hostNetwork").truth(false);
            case "ClusterFirstWithHostNet" -> true;
            default -> false;
        };
    }
}
