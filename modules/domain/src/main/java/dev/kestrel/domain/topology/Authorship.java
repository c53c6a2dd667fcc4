package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.KubeObject.FieldManager;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Change.FieldChange;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from an object's versions who changed it, and when. */
final class Authorship {
    /** Controllers write these all the time; nobody decides anything there. */
    private static final Set<String> MACHINERY =
            Set.of("Event", "Lease", "EndpointSlice", "Endpoints", "ControllerRevision");

    private static final Set<String> CONTROLLERS =
            Set.of("kube-controller-manager", "kube-scheduler", "kubelet");

    private Authorship() {}

    /** Whether changes of the object are somebody's decision and not its controller's work. */
    static boolean isMeant(ResourceRef ref, ResourceRef logical) {
        return ref.equals(logical) && !MACHINERY.contains(ref.kind());
    }

    static Change created(KubeObject object, Instant seen) {
        var at = created(object).filter(time -> time.isBefore(seen)).orElse(seen);
        return new Change(object.ref(), at, creator(object), Change.Kind.CREATED, List.of());
    }

    /** What is different between two versions; empty when nothing that was meant is. */
    static Optional<Change> edited(KubeObject before, KubeObject after, Instant seen) {
        var fields = Difference.between(before.fields(), after.fields());
        return fields.isEmpty() ? Optional.empty() : Optional.of(edit(before, after, fields, seen));
    }

    private static Change edit(
            KubeObject before, KubeObject after, List<FieldChange> fields, Instant seen) {
        var last = author(before).map(FieldManager::at);
        var at =
                author(after)
                        .map(FieldManager::at)
                        .filter(time -> !time.isAfter(seen))
                        .filter(time -> last.isEmpty() || time.isAfter(last.get()))
                        .orElse(seen);
        return new Change(after.ref(), at, by(after), Change.Kind.EDITED, fields);
    }

    static Change deleted(KubeObject object, Instant seen) {
        return new Change(object.ref(), seen, "", Change.Kind.DELETED, List.of());
    }

    /**
     * The last rollout of a Deployment as its ReplicaSets tell it, for one that we did not watch.
     *
     * @param revisions newest first
     */
    static Optional<Change> lastRollout(KubeObject workload, List<KubeObject> revisions) {
        if (revisions.size() < 2) {
            return Optional.empty();
        }
        var fields =
                Difference.between(
                                "spec.template",
                                revisions.get(1).at("spec", "template"),
                                revisions.get(0).at("spec", "template"))
                        .stream()
                        .filter(field -> !field.path().endsWith(".pod-template-hash"))
                        .toList();
        var previous = created(revisions.get(1));
        return created(revisions.get(0))
                .filter(at -> !fields.isEmpty())
                // A roll back revives an old ReplicaSet: its age says nothing of when.
                .filter(at -> previous.filter(at::isBefore).isEmpty())
                .map(
                        at ->
                                new Change(
                                        workload.ref(),
                                        at,
                                        by(workload),
                                        Change.Kind.EDITED,
                                        fields));
    }

    private static String by(KubeObject object) {
        return author(object).map(FieldManager::manager).orElse("");
    }

    /** Whoever wrote last; within one second a controller only answers what a person did. */
    private static Optional<FieldManager> author(KubeObject object) {
        return authors(object)
                .max(
                        Comparator.comparing(FieldManager::at)
                                .thenComparing(manager -> !isController(manager))
                                .thenComparing(FieldManager::manager, Comparator.reverseOrder()));
    }

    private static String creator(KubeObject object) {
        return authors(object)
                .min(
                        Comparator.comparing(FieldManager::at)
                                .thenComparing(Authorship::isController)
                                .thenComparing(FieldManager::manager))
                .map(FieldManager::manager)
                .orElse("");
    }

    private static Stream<FieldManager> authors(KubeObject object) {
        return object.managers().stream()
                .filter(manager -> !manager.subresource().equals("status"));
    }

    private static boolean isController(FieldManager manager) {
        return CONTROLLERS.contains(manager.manager());
    }

    static Optional<Instant> created(KubeObject object) {
        return time(object.at("metadata", "creationTimestamp").text());
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
