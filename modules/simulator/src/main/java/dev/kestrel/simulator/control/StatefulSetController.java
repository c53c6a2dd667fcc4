package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Identities;
import dev.kestrel.simulator.write.Refusal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the numbered pods of each StatefulSet. With OrderedReady it waits at the first pod that is
 * not ready, even when that pod is of a template since taken back; with Parallel it does not.
 */
public final class StatefulSetController implements Controller {
    private static final String HASH = "controller-revision-hash";

    private final Actor actor;

    public StatefulSetController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("statefulset-controller"));
    }

    @Override
    public void reconcile() {
        for (var set : actor.list(ResourceTypes.STATEFUL_SET)) {
            if (!set.isDeleting()) {
                step(set);
                report(set);
            }
        }
    }

    private Map<Integer, KubeObject> pods(KubeObject set) {
        var pods = new TreeMap<Integer, KubeObject>();
        for (var pod : actor.owned(ResourceTypes.POD, set)) {
            pods.put(Integer.parseInt(pod.name().substring(set.name().length() + 1)), pod);
        }
        return pods;
    }

    private void step(KubeObject set) {
        var pods = pods(set);
        int replicas = set.number("spec", "replicas");
        var ordered = set.text("spec", "podManagementPolicy").equals("OrderedReady");
        for (int ordinal = 0; ordinal < replicas; ordinal++) {
            var pod = pods.get(ordinal);
            if (pod == null) {
                create(set, ordinal);
                if (ordered) {
                    return;
                }
            } else if (isOver(pod)) {
                delete(set, pod);
                return;
            } else if (ordered && (pod.isDeleting() || !Pods.isReady(pod))) {
                return;
            }
        }
        var surplus =
                pods.entrySet().stream()
                        .filter(entry -> entry.getKey() >= replicas)
                        .map(Map.Entry::getValue)
                        .sorted(Comparator.comparing(KubeObject::name).reversed())
                        .toList();
        for (var pod : surplus) {
            delete(set, pod);
            if (ordered) {
                return;
            }
        }
        update(set, replicas);
    }

    /** Replaces the highest pod of an old revision, one at a time. */
    private void update(KubeObject set, int replicas) {
        if (set.text("spec", "updateStrategy", "type").equals("OnDelete")) {
            return;
        }
        int partition = set.number("spec", "updateStrategy", "rollingUpdate", "partition");
        var pods = pods(set);
        for (int ordinal = replicas - 1; ordinal >= partition; ordinal--) {
            var pod = pods.get(ordinal);
            if (pod != null && !revision(set).equals(pod.labels().get(HASH)) && !pod.isDeleting()) {
                delete(set, pod);
                return;
            }
            if (pod == null || pod.isDeleting() || !Pods.isReady(pod)) {
                return;
            }
        }
    }

    private static boolean isOver(KubeObject pod) {
        return List.of("Failed", "Succeeded").contains(pod.text("status", "phase"));
    }

    private static String revision(KubeObject set) {
        return set.name() + "-" + Identities.hash(set.at("spec", "template").toString());
    }

    private void create(KubeObject set, int ordinal) {
        var name = set.name() + "-" + ordinal;
        claims(set, name);
        var pod = Pods.of(set, set.at("spec", "template"));
        var metadata = Json.ensure(pod, "metadata");
        metadata.put("name", name).put("generateName", set.name() + "-");
        var labels = Json.ensure(metadata, "labels");
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        labels.put(HASH, revision(set)).put("statefulset.kubernetes.io/pod-name", name);
        var spec = Json.ensure(pod, "spec");
        spec.put("hostname", name).put("subdomain", set.text("spec", "serviceName"));
        for (var claim : set.at("spec", "volumeClaimTemplates")) {
            var volume = claim.at("/metadata/name").asText();
            var entry = spec.withArray("volumes").addObject().put("name", volume);
            entry.putObject("persistentVolumeClaim").put("claimName", volume + "-" + name);
        }
        try {
            actor.create(ResourceTypes.POD, pod);
            actor.normal(set, "SuccessfulCreate", text("create", name, set) + " successful");
        } catch (Refusal refusal) {
            var why = text("create", name, set) + " failed error: " + refusal.getMessage();
            actor.warning(set, "FailedCreate", why);
        }
    }

    private void claims(KubeObject set, String pod) {
        for (var template : set.at("spec", "volumeClaimTemplates")) {
            var name = template.at("/metadata/name").asText() + "-" + pod;
            if (actor.find(ResourceTypes.CLAIM, set.namespace(), name).isEmpty()) {
                var claim = Json.object();
                claim.putObject("metadata").put("name", name).put("namespace", set.namespace());
                claim.set("spec", template.path("spec").deepCopy());
                actor.create(ResourceTypes.CLAIM, claim);
                var message =
                        "create Claim %s Pod %s in StatefulSet %s success"
                                .formatted(name, pod, set.name());
                actor.normal(set, "SuccessfulCreate", message);
            }
        }
    }

    private void delete(KubeObject set, KubeObject pod) {
        if (!pod.isDeleting()) {
            actor.delete(pod);
            actor.normal(set, "SuccessfulDelete", text("delete", pod.name(), set) + " successful");
        }
    }

    private static String text(String verb, String pod, KubeObject set) {
        return "%s Pod %s in StatefulSet %s".formatted(verb, pod, set.name());
    }

    private void report(KubeObject set) {
        var pods = pods(set).values();
        var revision = revision(set);
        long updated = pods.stream().filter(pod -> revision.equals(pod.labels().get(HASH))).count();
        long ready = pods.stream().filter(Pods::isReady).count();
        int replicas = set.number("spec", "replicas");
        actor.editStatus(set.key(), status -> write(set, status, pods.size(), ready, updated));
        if (updated == replicas && ready == replicas) {
            actor.editStatus(
                    set.key(),
                    status ->
                            status.put("currentRevision", revision)
                                    .put("currentReplicas", replicas));
        }
    }

    private static void write(
            KubeObject set, ObjectNode status, int replicas, long ready, long updated) {
        var revision = revision(set);
        status.put("observedGeneration", set.generation()).put("replicas", replicas);
        status.put("availableReplicas", ready).put("collisionCount", 0);
        ReplicaSetController.count(status, "readyReplicas", ready);
        ReplicaSetController.count(status, "updatedReplicas", updated);
        status.put("updateRevision", revision);
        if (!status.has("currentRevision")) {
            status.put("currentRevision", revision);
        }
        if (!status.path("currentRevision").asText().equals(revision)) {
            ReplicaSetController.count(status, "currentReplicas", replicas - updated);
        }
    }
}
