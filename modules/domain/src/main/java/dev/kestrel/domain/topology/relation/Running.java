package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** A workload runs on the nodes of its pods. */
final class Running {
    static final EdgeRule RULE = Running::derive;

    private Running() {}

    private static void derive(KubeObject pod, Links links) {
        var node = pod.at("spec", "nodeName").text();
        if (pod.ref().kind().equals("Pod") && !node.isEmpty()) {
            links.add(links.self(), Relation.RUNS_ON, ResourceRef.ofCluster("Node", node));
        }
    }
}
