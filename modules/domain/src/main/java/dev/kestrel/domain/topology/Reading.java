package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.relation.EdgeRule;
import dev.kestrel.domain.topology.relation.EdgeRules;
import dev.kestrel.domain.topology.relation.Links;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One object being read for its edges: answers the rules and notes what they asked and found. */
final class Reading implements Links {
    private final ResourceRef ref;
    private final Inventory inventory;
    private final Selections selections;
    private final SortedSet<ResourceRef> asked = new TreeSet<>();
    private final SortedSet<EdgeKey> found = new TreeSet<>();

    private Reading(ResourceRef ref, Inventory inventory, Selections selections) {
        this.ref = ref;
        this.inventory = inventory;
        this.selections = selections;
    }

    static Reading of(ResourceRef ref, Inventory inventory, Selections selections) {
        var reading = new Reading(ref, inventory, selections);
        inventory
                .find(ref)
                .ifPresent(
                        object ->
                                rules(object, inventory)
                                        .forEach(rule -> rule.derive(object, reading)));
        return reading;
    }

    /**
     * What a controller makes brings no edges: an old ReplicaSet's template is history. A pod does,
     * for it may differ from the template; once it has ended, only where its end says something.
     */
    private static List<EdgeRule> rules(KubeObject object, Inventory inventory) {
        var own = object.ref();
        if (inventory.logical(own).equals(own)) {
            return EdgeRules.ALL;
        }
        if (!own.kind().equals("Pod")) {
            return List.of();
        }
        return isLive(object) ? EdgeRules.ALL : EdgeRules.OF_ENDED_PODS;
    }

    /** Neither finished nor being deleted. */
    static boolean isLive(KubeObject pod) {
        return switch (pod.at("status", "phase").text()) {
            case "Succeeded", "Failed" -> false;
            default -> !pod.at("metadata", "deletionTimestamp").isPresent();
        };
    }

    SortedSet<ResourceRef> asked() {
        return asked;
    }

    SortedSet<EdgeKey> found() {
        return found;
    }

    @Override
    public ResourceRef self() {
        return inventory.logical(ref);
    }

    @Override
    public ResourceRef logical(ResourceRef other) {
        asked.add(other);
        return inventory.logical(other);
    }

    @Override
    public boolean exists(ResourceRef other) {
        asked.add(other);
        return inventory.find(other).isPresent();
    }

    @Override
    public List<ResourceRef> selecting() {
        return selections.selecting(ref);
    }

    @Override
    public void add(ResourceRef from, Relation relation, ResourceRef to) {
        found.add(new EdgeKey(from, relation, to));
    }
}
