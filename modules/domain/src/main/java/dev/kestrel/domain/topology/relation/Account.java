package dev.kestrel.domain.topology.relation;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;

/** A workload acts as a ServiceAccount. */
final class Account {
    static final EdgeRule RULE = Account::derive;

    private Account() {}

    private static void derive(KubeObject object, Links links) {
        PodTemplate.of(object)
                .map(template -> template.spec().at("serviceAccountName").text("default"))
                .map(name -> new ResourceRef("ServiceAccount", object.ref().namespace(), name))
                .ifPresent(account -> links.add(links.self(), Relation.USES_SA, account));
    }
}
