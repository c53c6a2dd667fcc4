package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Topology;
import dev.kestrel.knowledge.yaml.Tree;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A small cluster made from YAML, as a topology. {@code pods: n} on a Deployment makes its
 * ReplicaSet and that many ready pods.
 */
public final class World {
    private static final Duration AGE = Duration.ofDays(30);

    private final Map<ResourceRef, Map<String, Object>> objects = new LinkedHashMap<>();
    private final Map<ResourceRef, Integer> revisions = new LinkedHashMap<>();
    private final Topology topology = new Topology();
    private final Instant born;

    /**
     * @param born when its objects were created
     */
    public World(Instant born) {
        this.born = born.minus(AGE);
    }

    /** What it is made of so far. */
    public Topology topology() {
        return topology;
    }

    /** Adds the objects of a file. */
    @SuppressWarnings("unchecked")
    public void add(List<Tree> documents, Instant at) {
        for (var document : documents) {
            if (document.plain() instanceof Map<?, ?> object) {
                apply((Map<String, Object>) object, "", at);
            }
        }
    }

    /** Creates an object or lays fields over the one that is there. */
    public void apply(Map<String, Object> over, String by, Instant at) {
        var ref = ref(over);
        apply(ref, over, by, at);
    }

    /** The same, naming the object. */
    public void apply(ResourceRef ref, Map<String, Object> over, String by, Instant at) {
        var merged =
                Merge.of(objects.getOrDefault(ref, skeleton(ref, by.isEmpty() ? born : at)), over);
        var pods = merged.remove("pods");
        objects.put(ref, merged);
        topology.apply(object(ref, merged, by, at), at);
        if (ref.kind().equals("Deployment") && touchesTemplate(over)) {
            revise(ref, merged, at);
        }
        if (pods instanceof Long count) {
            pods(ref, merged, count, at);
        }
    }

    private static boolean touchesTemplate(Map<String, Object> over) {
        return over.get("spec") instanceof Map<?, ?> spec && spec.containsKey("template");
    }

    private static ResourceRef ref(Map<String, Object> object) {
        var fields = Fields.of(Merge.of(Map.of(), object));
        return new ResourceRef(
                fields.at("kind").text(),
                fields.at("metadata", "namespace").text(),
                fields.at("metadata", "name").text());
    }

    private static Map<String, Object> skeleton(ResourceRef ref, Instant created) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", ref.name());
        if (!ref.namespace().isEmpty()) {
            metadata.put("namespace", ref.namespace());
        }
        metadata.put("uid", ref.toString());
        metadata.put("creationTimestamp", created.toString());
        return Map.of("kind", ref.kind(), "apiVersion", "v1", "metadata", metadata);
    }

    private static KubeObject object(
            ResourceRef ref, Map<String, Object> fields, String by, Instant at) {
        var managers =
                by.isEmpty()
                        ? List.<KubeObject.FieldManager>of()
                        : List.of(new KubeObject.FieldManager(by, "Update", at, ""));
        var tree = Fields.of(fields);
        return new KubeObject(
                ref, ref.toString(), "1", tree.at("apiVersion").text("v1"), tree, managers);
    }

    /** A new template makes a new ReplicaSet, as the Deployment's controller would. */
    private void revise(ResourceRef workload, Map<String, Object> deployment, Instant at) {
        var revision = revisions.merge(workload, 1, Integer::sum);
        var ref =
                new ResourceRef(
                        "ReplicaSet", workload.namespace(), workload.name() + "-rs" + revision);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("annotations", Map.of("deployment.kubernetes.io/revision", "" + revision));
        metadata.put("ownerReferences", owned(workload));
        metadata.put("creationTimestamp", (revision == 1 ? born : at).toString());
        var template = Fields.of(deployment).at("spec", "template").tree().orElse(Map.of());
        apply(
                ref,
                Map.of(
                        "apiVersion",
                        "apps/v1",
                        "metadata",
                        metadata,
                        "spec",
                        Map.of("template", template)),
                "",
                at);
    }

    private static List<Object> owned(ResourceRef owner) {
        return List.of(
                Map.of(
                        "kind", owner.kind(),
                        "name", owner.name(),
                        "uid", owner.toString(),
                        "apiVersion", "apps/v1",
                        "controller", true));
    }

    private void pods(
            ResourceRef workload, Map<String, Object> deployment, long count, Instant at) {
        for (int i = 1; i <= count; i++) {
            var ref = new ResourceRef("Pod", workload.namespace(), workload.name() + "-" + i);
            apply(ref, pod(workload, Fields.of(deployment).at("spec", "template"), i), "", at);
        }
        for (var ref : List.copyOf(objects.keySet())) {
            if (ref.kind().equals("Pod") && isSurplus(ref, workload, count)) {
                objects.remove(ref);
                topology.remove(ref, ref.toString(), at);
            }
        }
    }

    private static boolean isSurplus(ResourceRef pod, ResourceRef workload, long count) {
        var prefix = workload.name() + "-";
        return pod.namespace().equals(workload.namespace())
                && pod.name().matches(Pattern.quote(prefix) + "[0-9]+")
                && Long.parseLong(pod.name().substring(prefix.length())) > count;
    }

    /** Only a Deployment has somebody between itself and its pods. */
    private static ResourceRef podOwner(ResourceRef workload) {
        return workload.kind().equals("Deployment")
                ? new ResourceRef("ReplicaSet", workload.namespace(), workload.name() + "-rs1")
                : workload;
    }

    private static Map<String, Object> pod(ResourceRef workload, Fields template, int index) {
        var statuses = new ArrayList<Object>();
        for (var container : template.at("spec", "containers").items()) {
            statuses.add(
                    Map.of(
                            "name",
                            container.at("name").text(),
                            "ready",
                            true,
                            "restartCount",
                            0L,
                            "state",
                            Map.of("running", Map.of())));
        }
        var spec = new LinkedHashMap<String, Object>(Map.of("nodeName", "node-" + (2 - index % 2)));
        template.at("spec")
                .members()
                .forEach((key, value) -> spec.put(key, value.tree().orElseThrow()));
        return Map.of(
                "metadata",
                Map.of(
                        "labels",
                        template.at("metadata", "labels").tree().orElse(Map.of()),
                        "ownerReferences",
                        owned(podOwner(workload))),
                "spec",
                spec,
                "status",
                Map.of(
                        "phase",
                        "Running",
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")),
                        "containerStatuses",
                        statuses));
    }
}
