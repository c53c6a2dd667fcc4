package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** A claim is bound to a volume. */
final class Binding {
    static final EdgeRule RULE = Binding::derive;

    private Binding() {}

    private static void derive(KubeObject claim, Links links) {
        var volume = claim.at("spec", "volumeName").text();
        if (claim.ref().kind().equals("PersistentVolumeClaim") && !volume.isEmpty()) {
            links.add(
                    claim.ref(), Relation.BINDS, ResourceRef.ofCluster("PersistentVolume", volume));
        }
    }
}
