package dev.kestrel.quality.realcluster;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Folds what the operator told of one kind the way the cloud does. */
final class Inventoried {

    private Inventoried() {}

    /** Names that are there after all that; a snapshot ends what it did not tell. */
    static Set<String> of(Collection<Observation> told, String kind, String namespace) {
        var here = new TreeSet<String>();
        var unseen = new HashSet<String>();
        for (var each : told) {
            switch (each) {
                case Observation.ObjectSeen(var object)
                        when isOf(object.ref(), kind, namespace) -> {
                    here.add(object.ref().name());
                    unseen.remove(object.ref().name());
                }
                case Observation.ObjectGone(var ref, _) when isOf(ref, kind, namespace) ->
                        here.remove(ref.name());
                case Observation.SnapshotBegun begun when begun.kind().equals(kind) -> {
                    unseen.clear();
                    unseen.addAll(here);
                }
                case Observation.SnapshotCompleted done when done.kind().equals(kind) -> {
                    here.removeAll(unseen);
                    unseen.clear();
                }
                default -> {}
            }
        }
        return here;
    }

    private static boolean isOf(ResourceRef ref, String kind, String namespace) {
        return ref.kind().equals(kind) && ref.namespace().equals(namespace);
    }
}
