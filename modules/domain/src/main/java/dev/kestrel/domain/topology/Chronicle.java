package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what counts as a change, and remembers it under the logical resource. */
final class Chronicle {
    /** Older creations that we only now hear of are history and no news. */
    private static final Duration NEWS = Duration.ofHours(2);

    private final Inventory inventory;
    private final Changes changes;
    private final Map<ResourceRef, Instant> watchedSince = new HashMap<>();

    Chronicle(Inventory inventory, Changes changes) {
        this.inventory = inventory;
        this.changes = changes;
    }

    List<Change> seen(Optional<KubeObject> old, KubeObject object, Instant at) {
        var ref = object.ref();
        var logical = inventory.logical(ref);
        if (!Authorship.isMeant(ref, logical)) {
            return old.isEmpty() ? news(rollout(logical), at) : List.of();
        }
        if (old.isPresent() && old.get().uid().equals(object.uid())) {
            return Authorship.edited(old.get(), object, at).stream()
                    .map(change -> keep(change, true))
                    .toList();
        }
        watchedSince.putIfAbsent(ref, at);
        var made = new ArrayList<Change>();
        made.add(keep(Authorship.created(object, at), false));
        made.addAll(rollout(ref));
        return news(made, at);
    }

    private static List<Change> news(List<Change> made, Instant at) {
        return made.stream().filter(change -> !change.at().isBefore(at.minus(NEWS))).toList();
    }

    private Change keep(Change change, boolean watched) {
        changes.add(change, watchedSince.getOrDefault(change.of(), change.at()), watched);
        return change;
    }

    /** Tells the last rollout from the revisions, if it was over before we began to watch. */
    private List<Change> rollout(ResourceRef workload) {
        var since = watchedSince.get(workload);
        if (since == null) {
            return List.of();
        }
        var known = changes.of(workload);
        var revisions = Revisions.of(workload, inventory);
        return inventory.find(workload).stream()
                .flatMap(object -> Authorship.lastRollout(object, revisions).stream())
                .filter(change -> change.at().isBefore(since))
                .filter(change -> known.stream().noneMatch(other -> isLater(other, change)))
                .map(change -> keep(change, false))
                .toList();
    }

    private static boolean isLater(Change known, Change change) {
        return known.kind() == Change.Kind.EDITED && !known.at().isBefore(change.at());
    }

    List<Change> gone(KubeObject object, ResourceRef logical, Instant at) {
        watchedSince.remove(object.ref());
        return Authorship.isMeant(object.ref(), logical)
                ? List.of(keep(Authorship.deleted(object, at), true))
                : List.of();
    }

    Map<ResourceRef, Instant> watchedSince() {
        return Map.copyOf(watchedSince);
    }

    void restore(Map<ResourceRef, Instant> saved) {
        watchedSince.putAll(saved);
    }
}
