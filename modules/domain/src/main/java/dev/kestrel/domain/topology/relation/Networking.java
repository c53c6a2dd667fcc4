package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

import java.util.List;

/** A network agent (CNI) gives the pods of its node their network. */
public final class Networking {
    static final EdgeRule RULE = Networking::derive;

    /** Where a runtime finds network plugins and their configuration, whatever lies above. */
    private static final List<String> PLUGIN_FOLDERS = List.of("/cni/net.d", "/cni/bin");

    private Networking() {}

    /**
     * Whether a pod that is made so is a network agent: it lives on the node's own network, and
     * mounts where the runtime looks for network plugins. Names differ; this does not.
     */
    public static boolean isAgent(Fields podSpec) {
        return podSpec.at("hostNetwork").truth(false)
                && podSpec.at("volumes").items().stream()
                        .map(volume -> volume.at("hostPath", "path").text())
                        .anyMatch(path -> PLUGIN_FOLDERS.stream().anyMatch(path::endsWith));
    }

    private static void derive(KubeObject pod, Links links) {
        var node = pod.at("spec", "nodeName").text();
        if (pod.ref().kind().equals("Pod") && !node.isEmpty() && isAgent(pod.at("spec"))) {
            links.add(links.self(), Relation.NETWORKS, ResourceRef.ofCluster("Node", node));
        }
    }
}
