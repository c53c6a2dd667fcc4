package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.schedule.NodeAffinity;
import dev.kestrel.simulator.schedule.Tolerations;
import dev.kestrel.simulator.write.Identities;

import java.util.List;

/** Keeps one pod of each DaemonSet on every node that will have it. */
public final class DaemonSetController implements Controller {
    private static final String HASH = "controller-revision-hash";
    private static final List<String> CONDITIONS =
            List.of("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable");

    private final Actor actor;

    public DaemonSetController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("daemonset-controller"));
    }

    @Override
    public void reconcile() {
        for (var set : actor.list(ResourceTypes.DAEMON_SET)) {
            if (!set.isDeleting()) {
                reconcile(set);
            }
        }
    }

    private void reconcile(KubeObject set) {
        var template = KubeObject.of(ResourceTypes.POD, pod(set, ""));
        var nodes =
                actor.list(ResourceTypes.NODE).stream()
                        .filter(node -> admits(template, node))
                        .map(KubeObject::name)
                        .toList();
        var pods = actor.owned(ResourceTypes.POD, set);
        for (var pod : pods) {
            var over = List.of("Failed", "Succeeded").contains(pod.text("status", "phase"));
            if ((over || !nodes.contains(target(pod))) && !pod.isDeleting()) {
                Pods.delete(actor, set, pod);
            }
        }
        for (var node : nodes) {
            if (pods.stream().noneMatch(pod -> target(pod).equals(node))) {
                var _ = Pods.create(actor, set, pod(set, node));
            }
        }
        update(set);
        report(set, nodes.size());
    }

    private static boolean admits(KubeObject pod, KubeObject node) {
        for (var taint : node.at("spec", "taints")) {
            var effect = taint.path("effect").asText();
            var value = taint.path("value").asText("");
            if (!effect.equals("PreferNoSchedule")
                    && !Tolerations.tolerates(pod, taint.path("key").asText(), value, effect)) {
                return false;
            }
        }
        var selector = KubeObject.of(pod.type(), Json.object());
        var plain = selector.with(tree -> tree.set("spec", withoutAffinity(pod)));
        return NodeAffinity.admits(plain, node);
    }

    private static ObjectNode withoutAffinity(KubeObject pod) {
        var spec = (ObjectNode) pod.at("spec").deepCopy();
        spec.remove("affinity");
        return spec;
    }

    private static String target(KubeObject pod) {
        return pod.at(
                        "spec",
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms")
                .at("/0/matchFields/0/values/0")
                .asText("");
    }

    private static ObjectNode pod(KubeObject set, String node) {
        var pod = Pods.of(set, set.at("spec", "template"));
        var metadata = Json.ensure(pod, "metadata");
        metadata.put("generateName", set.name() + "-");
        var labels = Json.ensure(metadata, "labels").put(HASH, hash(set));
        labels.put("pod-template-generation", "1");
        var required =
                Json.ensure(
                        pod,
                        "spec",
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution");
        var field =
                required.putArray("nodeSelectorTerms")
                        .addObject()
                        .putArray("matchFields")
                        .addObject();
        field.put("key", "metadata.name").put("operator", "In").putArray("values").add(node);
        var tolerations = Json.ensure(pod, "spec").withArray("tolerations");
        for (var condition : CONDITIONS) {
            tolerations
                    .addObject()
                    .put("effect", "NoSchedule")
                    .put("key", "node.kubernetes.io/" + condition)
                    .put("operator", "Exists");
        }
        return pod;
    }

    private static String hash(KubeObject set) {
        return Identities.hash(set.at("spec", "template").toString());
    }

    private void update(KubeObject set) {
        if (set.text("spec", "updateStrategy", "type").equals("OnDelete")) {
            return;
        }
        var pods = actor.owned(ResourceTypes.POD, set);
        long unavailable =
                pods.stream().filter(pod -> pod.isDeleting() || !Pods.isReady(pod)).count();
        var allowed = set.at("spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        long room = Rollout.share(allowed.asText("1"), pods.size(), true) - unavailable;
        for (var pod : pods) {
            var old = !hash(set).equals(pod.labels().get(HASH)) && !pod.isDeleting();
            // Old pods that do not serve anyway go at once.
            if (old && (room > 0 || !Pods.isReady(pod))) {
                Pods.delete(actor, set, pod);
                room--;
            }
        }
    }

    private void report(KubeObject set, int nodes) {
        var pods = actor.owned(ResourceTypes.POD, set);
        long ready = pods.stream().filter(Pods::isReady).count();
        long updated = pods.stream().filter(p -> hash(set).equals(p.labels().get(HASH))).count();
        actor.editStatus(
                set.key(),
                status -> {
                    status.put("observedGeneration", set.generation());
                    status.put("currentNumberScheduled", Math.min(nodes, pods.size()));
                    status.put("desiredNumberScheduled", nodes).put("numberMisscheduled", 0);
                    status.put("numberReady", ready);
                    ReplicaSetController.count(status, "numberAvailable", ready);
                    ReplicaSetController.count(status, "numberUnavailable", nodes - ready);
                    ReplicaSetController.count(status, "updatedNumberScheduled", updated);
                });
    }
}
