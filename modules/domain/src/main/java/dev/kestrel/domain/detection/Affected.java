package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which logical resources a signal can have changed. */
final class Affected {
    private Affected() {}

    /** As the topology knows them now, in order. */
    static List<ResourceView> by(Signal signal, Topology topology) {
        return refs(signal, topology).stream()
                .flatMap(ref -> topology.find(ref).stream())
                .map(object -> new ResourceView(object, signal.observedAt(), topology))
                .toList();
    }

    private static NavigableSet<ResourceRef> refs(Signal signal, Topology topology) {
        return switch (signal.observation()) {
            case Observation.ObjectSeen seen -> {
                var all = topology.affected();
                // One that is only looked at again has changed nothing.
                all.add(topology.logical(seen.object().ref()));
                yield all;
            }
            case Observation.ObjectGone _ -> topology.affected();
            case Observation.SnapshotCompleted _ -> {
                var all = topology.affected();
                // While the inventory came in, nothing could be said of what Services lack.
                if (!topology.isLoading()) {
                    topology.all("Service").stream().map(KubeObject::ref).forEach(all::add);
                }
                yield all;
            }
            case Observation.SnapshotBegun _,
                    Observation.EventReported _,
                    Observation.LogLine _,
                    Observation.FlowSeen _,
                    Observation.SourceReported _,
                    Observation.SignalsShed _ ->
                    new TreeSet<>();
        };
    }
}
