package dev.kestrel.domain.scenario;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the healthy beginning of a scenario: nodes, workloads with ready pods, Services. */
final class Givens {
    private final World world;
    private final Instant created;

    Givens(World world, Instant start) {
        this.world = world;
        created = start.minus(World.AGE);
    }

    /** Reads for example {@code workload Deployment/shop/checkout replicas=3 image=workload:v1}. */
    void add(List<String> words) {
        var options = options(words.subList(2, words.size()));
        var ref = ResourceRef.parse(words.get(1));
        switch (words.getFirst()) {
            case "node" -> node(ref);
            case "workload" -> workload(ref, options);
            case "pod" -> pod(ref, options);
            case "service" -> service(ref, options);
            default -> throw new IllegalArgumentException("cannot give " + words);
        }
    }

    private static Map<String, String> options(List<String> words) {
        var options = new TreeMap<String, String>();
        for (var word : words) {
            var equals = word.indexOf('=');
            options.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return options;
    }

    private void node(ResourceRef ref) {
        var node = world.at(ref, created);
        for (var condition : List.of("Ready", "MemoryPressure", "DiskPressure")) {
            node.set(
                            "status.conditions[" + condition + "].status",
                            condition.equals("Ready") ? "True" : "False")
                    .set(
                            "status.conditions[" + condition + "].lastTransitionTime",
                            created.toString());
        }
    }

    private void workload(ResourceRef ref, Map<String, String> options) {
        var replicas = Integer.parseInt(options.getOrDefault("replicas", "1"));
        var app = options.getOrDefault("app", ref.name());
        var workload =
                world.at(ref, created)
                        .set("metadata.generation", 1L)
                        .set("spec.replicas", (long) replicas)
                        .set("spec.selector.matchLabels.app", app);
        template(workload, "spec.template.", app, options);
        status(workload, replicas);
        var owner = ref;
        if (ref.kind().equals("Deployment")) {
            owner = new ResourceRef("ReplicaSet", ref.namespace(), ref.name() + "-5d4f");
            replicaSet(owner, ref, app, options);
        }
        for (var number = 1; number <= replicas; number++) {
            var pod = new ResourceRef("Pod", ref.namespace(), owner.name() + "-" + number);
            pod(pod, options, app);
            owned(world.at(pod, created), owner);
            if (owner.kind().equals("ReplicaSet")) {
                world.at(pod, created).set("metadata.labels.pod-template-hash", "5d4f");
            }
        }
    }

    private void status(Tree workload, int replicas) {
        for (var count :
                List.of("replicas", "readyReplicas", "updatedReplicas", "availableReplicas")) {
            workload.set("status." + count, (long) replicas);
        }
        workload.set("status.observedGeneration", 1L)
                .set("status.conditions[Progressing].status", "True")
                .set("status.conditions[Progressing].reason", "NewReplicaSetAvailable")
                .set("status.conditions[Progressing].lastTransitionTime", created.toString());
    }

    private void replicaSet(
            ResourceRef ref, ResourceRef deployment, String app, Map<String, String> options) {
        var set =
                world.at(ref, created)
                        .set("metadata.annotations[deployment.kubernetes.io/revision]", "1");
        template(set, "spec.template.", app, options);
        owned(set, deployment);
    }

    private static void template(Tree tree, String at, String app, Map<String, String> options) {
        tree.set(at + "metadata.labels.app", app);
        spec(tree, at, options);
    }

    private static void spec(Tree tree, String at, Map<String, String> options) {
        tree.set(at + "spec.containers[app].image", options.getOrDefault("image", "workload:v1"));
        if (options.containsKey("memory")) {
            tree.set(at + "spec.containers[app].resources.limits.memory", options.get("memory"));
        }
        if (options.containsKey("calls")) {
            tree.set(at + "spec.containers[app].env[CALLS].value", options.get("calls"));
        }
    }

    private void pod(ResourceRef ref, Map<String, String> options) {
        pod(ref, options, options.getOrDefault("app", ref.name()));
    }

    private void pod(ResourceRef ref, Map<String, String> options, String app) {
        var pod =
                world.at(ref, created)
                        .set("metadata.labels.app", app)
                        .set("spec.nodeName", options.getOrDefault("node", "node-1"));
        spec(pod, "", options);
        Shorthands.apply("ready", pod, created);
    }

    private static void owned(Tree tree, ResourceRef owner) {
        var reference = new TreeMap<String, Object>();
        reference.put("kind", owner.kind());
        reference.put("name", owner.name());
        reference.put("controller", true);
        tree.set("metadata.ownerReferences", new java.util.ArrayList<>(List.of(reference)));
    }

    private void service(ResourceRef ref, Map<String, String> options) {
        var app = options.getOrDefault("app", ref.name());
        world.at(ref, created).set("spec.selector.app", app).set("spec.clusterIP", "10.96.0.7");
        var sliceRef = new ResourceRef("EndpointSlice", ref.namespace(), ref.name() + "-x1");
        var slice =
                world.at(sliceRef, created)
                        .set("metadata.labels[kubernetes.io/service-name]", ref.name());
        slice.set("endpoints", new java.util.ArrayList<>());
        for (var pod : world.refs()) {
            if (pod.kind().equals("Pod")
                    && pod.namespace().equals(ref.namespace())
                    && app.equals(label(pod))) {
                slice.set("endpoints[" + pod.name() + "].targetRef.kind", "Pod")
                        .set("endpoints[" + pod.name() + "].targetRef.name", pod.name())
                        .set("endpoints[" + pod.name() + "].conditions.ready", true);
            }
        }
    }

    private Object label(ResourceRef pod) {
        return world.find(pod)
                .map(tree -> (Map<?, ?>) tree.get("metadata"))
                .map(metadata -> (Map<?, ?>) metadata.get("labels"))
                .map(labels -> (Object) labels.get("app"))
                .orElse("");
    }
}
