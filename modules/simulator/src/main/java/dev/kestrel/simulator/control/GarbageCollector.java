package dev.kestrel.simulator.control;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.Change;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes what is left behind by owners that are gone. */
public final class GarbageCollector implements Controller {
    private static final List<ResourceType> OWNED =
            List.of(
                    ResourceTypes.REPLICA_SET,
                    ResourceTypes.JOB,
                    ResourceTypes.POD,
                    ResourceTypes.ENDPOINT_SLICE);

    private final Actor actor;
    private final Set<String> gone = new HashSet<>();

    public GarbageCollector(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("garbage-collector"));
        actor.store().watch(this::notice);
    }

    private void notice(Change change) {
        if (change.kind() == Change.Kind.DELETED
                && !change.object().type().equals(ResourceTypes.EVENT)) {
            gone.add(change.object().uid());
        }
    }

    @Override
    public void reconcile() {
        if (gone.isEmpty()) {
            return;
        }
        var owners = Set.copyOf(gone);
        gone.clear();
        for (var type : OWNED) {
            for (KubeObject object : actor.list(type)) {
                if (owners.contains(object.controllerUid())) {
                    actor.delete(object);
                }
            }
        }
    }
}
