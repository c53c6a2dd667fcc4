package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Orders what a workload's template was over time. */
final class Revisions {
    private static final String NUMBER = "deployment.kubernetes.io/revision";

    private static final Comparator<KubeObject> OLDEST_FIRST =
            Comparator.comparingLong(Revisions::number)
                    .thenComparing(object -> Authorship.created(object).orElse(Instant.EPOCH))
                    .thenComparing(KubeObject::ref);

    private Revisions() {}

    static List<KubeObject> of(ResourceRef workload, Inventory inventory) {
        return inventory.owned(workload).stream()
                .flatMap(ref -> inventory.find(ref).stream())
                .filter(Revisions::isRevision)
                .sorted(OLDEST_FIRST.reversed())
                .toList();
    }

    private static boolean isRevision(KubeObject object) {
        return switch (object.ref().kind()) {
            case "ReplicaSet", "ControllerRevision" -> true;
            default -> false;
        };
    }

    /** A roll back makes an old ReplicaSet the newest revision, so its age does not tell. */
    private static long number(KubeObject object) {
        var annotated = object.at("metadata", "annotations", NUMBER).text();
        return annotated.matches("\\d{1,18}")
                ? Long.parseLong(annotated)
                : object.at("revision").number(0);
    }
}
