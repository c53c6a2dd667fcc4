package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Relation;

/** A controller owns what names it; what folds into the controller needs no edge to it. */
final class Owning {
    static final EdgeRule RULE = Owning::derive;

    private Owning() {}

    private static void derive(KubeObject object, Links links) {
        if (object.ref().kind().equals("EndpointSlice")) {
            return;
        }
        object.at("metadata", "ownerReferences").items().stream()
                .filter(owner -> owner.at("controller").truth(false))
                .map(owner -> owner(object, owner))
                .filter(owner -> !links.logical(owner).equals(links.self()))
                .forEach(owner -> links.add(links.logical(owner), Relation.OWNS, links.self()));
    }

    private static ResourceRef owner(KubeObject object, Fields owner) {
        var kind = owner.at("kind").text();
        var namespace = kind.equals("Node") ? "" : object.ref().namespace();
        return new ResourceRef(kind, namespace, owner.at("name").text());
    }
}
