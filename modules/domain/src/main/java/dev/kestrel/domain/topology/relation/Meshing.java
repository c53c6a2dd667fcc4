package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.mesh.MutualTls;

/**
 * The policy for the whole mesh binds workloads of every namespace. By custom it has this name;
 * under another one it is only known as its own namespace's.
 */
final class Meshing {
    static final EdgeRule RULE = Meshing::derive;

    private static final ResourceRef MESH_WIDE =
            new ResourceRef(MutualTls.POLICY, MutualTls.ROOT, "default");

    private Meshing() {}

    private static void derive(KubeObject object, Links links) {
        if (PodTemplate.of(object).isPresent() && links.exists(MESH_WIDE)) {
            links.add(MESH_WIDE, Relation.POLICY_ON, links.self());
        }
    }
}
