package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Eviction;
import dev.kestrel.domain.topology.Relation;

/** A workload had a pod on a node that ran out of memory, for as long as the failed pod tells. */
final class Evicting {
    static final EdgeRule RULE = Evicting::derive;

    private Evicting() {}

    private static void derive(KubeObject pod, Links links) {
        if (pod.ref().kind().equals("Pod")) {
            Eviction.of(pod, links.self())
                    .filter(eviction -> !eviction.node().isEmpty())
                    .ifPresent(
                            eviction ->
                                    links.add(
                                            links.self(),
                                            Relation.EVICTED_FROM,
                                            ResourceRef.ofCluster("Node", eviction.node())));
        }
    }
}
