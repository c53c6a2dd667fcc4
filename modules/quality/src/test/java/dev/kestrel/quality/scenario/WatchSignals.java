package dev.kestrel.quality.scenario;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.kube.Kind;
import dev.kestrel.operator.kube.Kinds;
import dev.kestrel.operator.redaction.ObjectRedaction;
import dev.kestrel.operator.source.ObjectTree;
import dev.kestrel.operator.source.event.EventReading;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.Change;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.time.Instant;
import java.util.Optional;

/** Turns what a watch on the simulated API would say into the signals that the operator makes. */
public final class WatchSignals {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private WatchSignals() {}

    /** The signal that a change is; empty for kinds that the operator does not watch. */
    public static Optional<Signal> of(Change change, Instant now) {
        var object = change.object();
        var gone = change.kind() == Change.Kind.DELETED;
        if (object.type().equals(ResourceTypes.EVENT)) {
            return gone ? Optional.empty() : Optional.of(event(object, now));
        }
        return Kinds.named(object.type().kind())
                .map(kind -> new Signal(now, gone ? gone(kind, object) : seen(kind, object)));
    }

    /** An object as it is. */
    public static Observation.ObjectSeen seen(Kind kind, KubeObject simulated) {
        var resource = resource(simulated);
        return new Observation.ObjectSeen(
                new dev.kestrel.domain.signal.KubeObject(
                        ref(kind, simulated),
                        simulated.uid(),
                        Long.toString(simulated.resourceVersion()),
                        kind.apiVersion(),
                        ObjectRedaction.clean(kind.name(), ObjectTree.of(kind, resource)),
                        ObjectTree.managers(resource.getMetadata())));
    }

    private static Observation.ObjectGone gone(Kind kind, KubeObject simulated) {
        return new Observation.ObjectGone(ref(kind, simulated), simulated.uid());
    }

    private static Signal event(KubeObject simulated, Instant now) {
        return EventReading.read(ObjectTree.of(Kinds.EVENT, resource(simulated)), now);
    }

    private static ResourceRef ref(Kind kind, KubeObject simulated) {
        return new ResourceRef(kind.name(), simulated.namespace(), simulated.name());
    }

    private static GenericKubernetesResource resource(KubeObject simulated) {
        return JSON.unmarshal(simulated.tree().toString(), GenericKubernetesResource.class);
    }
}
