package dev.kestrel.domain.scenario;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.KubeObject.FieldManager;
import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;

/** Objects for tests in Java, written as the assignments of a scenario. */
public final class Given {
    private Given() {}

    /** An object made of lines such as {@code spec.replicas = 3}. */
    public static KubeObject object(String ref, String... assignments) {
        return object(ref, List.of(), assignments);
    }

    /** An object that somebody wrote at that time. */
    public static KubeObject written(String ref, String by, Instant at, String... assignments) {
        return object(ref, List.of(new FieldManager(by, "Update", at, "")), assignments);
    }

    private static KubeObject object(
            String name, List<FieldManager> managers, String... assignments) {
        var ref = ResourceRef.parse(name);
        var tree = Tree.empty().set("metadata.name", ref.name());
        for (var assignment : assignments) {
            var equals = assignment.indexOf(" = ");
            tree.set(
                    assignment.substring(0, equals).strip(),
                    Json.read(assignment.substring(equals + 3).strip()));
        }
        return new KubeObject(ref, "uid", "1", "v1", Fields.of(tree.root()), managers);
    }

    /** A running pod of a ReplicaSet, with the labels that a Deployment gives it. */
    public static KubeObject pod(String ref, String replicaSet, String hash, String app) {
        return object(
                ref,
                "metadata.labels.app = " + app,
                "metadata.labels.pod-template-hash = " + hash,
                "metadata.ownerReferences = [{kind: ReplicaSet, name: %s, controller: true}]"
                        .formatted(replicaSet),
                "spec.nodeName = node-1",
                "status.phase = Running");
    }
}
