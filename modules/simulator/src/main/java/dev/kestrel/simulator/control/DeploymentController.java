package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Identities;

import java.util.List;

/** Rolls each Deployment's template out over ReplicaSets, and keeps the old ones for undoing. */
public final class DeploymentController implements Controller {
    private final Actor actor;
    private final DeploymentStatus status;

    public DeploymentController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("deployment-controller"));
        this.status = new DeploymentStatus(this.actor);
    }

    @Override
    public void reconcile() {
        for (var deployment : actor.list(ResourceTypes.DEPLOYMENT)) {
            if (!deployment.isDeleting()) {
                reconcile(deployment);
            }
        }
    }

    private void reconcile(KubeObject deployment) {
        var rollout = view(deployment);
        if (!deployment.at("spec", "paused").asBoolean()) {
            step(rollout);
        }
        status.report(view(deployment));
    }

    private Rollout view(KubeObject deployment) {
        var live = actor.registry().find(deployment.key()).orElse(deployment);
        return new Rollout(live, actor.owned(ResourceTypes.REPLICA_SET, live));
    }

    private void step(Rollout rollout) {
        if (rollout.current().isEmpty()) {
            if (rollout.recreates() && stopOld(rollout)) {
                return;
            }
            create(rollout);
            return;
        }
        var current = rollout.current().get();
        syncRevision(rollout, current);
        if (rollout.recreates() && stopOld(rollout)) {
            return;
        }
        if (!grow(rollout, current)) {
            shrinkOld(rollout, current);
        }
        if (isComplete(rollout)) {
            dropHistory(rollout);
        }
    }

    /** With Recreate nothing new starts before everything old is gone. */
    private boolean stopOld(Rollout rollout) {
        rollout.old().forEach(set -> scale(rollout, set, 0));
        return rollout.old().stream()
                .anyMatch(set -> !actor.owned(ResourceTypes.POD, set).isEmpty());
    }

    private void create(Rollout rollout) {
        var deployment = rollout.deployment();
        var template = (ObjectNode) deployment.at("spec", "template").deepCopy();
        var hash = Identities.hash(template.toString());
        Json.ensure(template, "metadata", "labels").put(Rollout.HASH, hash);
        var set = Json.object();
        var metadata = set.putObject("metadata");
        metadata.put("name", deployment.name() + "-" + hash);
        metadata.put("namespace", deployment.namespace());
        metadata.set("labels", template.at("/metadata/labels").deepCopy());
        annotate(Json.ensure(metadata, "annotations"), rollout, revision(rollout) + 1);
        Pods.own(metadata, deployment);
        var selector = (ObjectNode) deployment.at("spec", "selector").deepCopy();
        Json.ensure(selector, "matchLabels").put(Rollout.HASH, hash);
        int room = rollout.desired() + rollout.maxSurge() - rollout.replicas();
        int replicas = Math.max(0, Math.min(room, rollout.desired()));
        var spec = set.putObject("spec").put("replicas", replicas);
        spec.set("selector", selector);
        spec.set("template", template);
        var made = actor.create(ResourceTypes.REPLICA_SET, set);
        syncRevision(rollout, made);
        actor.editStatus(
                deployment.key(),
                node ->
                        status.progressing(
                                node, "NewReplicaSetCreated", "Created new replica set", made));
        if (replicas > 0) {
            announce(rollout, made, 0, replicas);
        }
    }

    /** A set that becomes the current one again after an undo gets the newest revision. */
    private void syncRevision(Rollout rollout, KubeObject current) {
        int newest =
                rollout.old().stream().mapToInt(DeploymentController::revision).max().orElse(0);
        int mine = revision(current);
        int wanted = mine > newest ? mine : newest + 1;
        if (wanted != mine) {
            actor.edit(
                    current.key(),
                    tree ->
                            annotate(
                                    Json.ensure(tree, "metadata", "annotations"), rollout, wanted));
        }
        var deployment = rollout.deployment();
        var written = Integer.toString(wanted);
        if (!deployment.annotation(Rollout.REVISION).equals(written)) {
            actor.edit(
                    deployment.key(),
                    tree ->
                            Json.ensure(tree, "metadata", "annotations")
                                    .put(Rollout.REVISION, written));
        }
    }

    private static void annotate(ObjectNode annotations, Rollout rollout, int revision) {
        annotations.put("deployment.kubernetes.io/desired-replicas", "" + rollout.desired());
        annotations.put(
                "deployment.kubernetes.io/max-replicas",
                "" + (rollout.desired() + rollout.maxSurge()));
        annotations.put(Rollout.REVISION, Integer.toString(revision));
    }

    private static int revision(Rollout rollout) {
        return rollout.sets().stream().mapToInt(DeploymentController::revision).max().orElse(0);
    }

    private static int revision(KubeObject set) {
        var text = set.annotation(Rollout.REVISION);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private boolean grow(Rollout rollout, KubeObject current) {
        int has = current.number("spec", "replicas");
        int wanted = rollout.desired();
        if (has < wanted && !rollout.recreates()) {
            int room = rollout.desired() + rollout.maxSurge() - rollout.replicas();
            wanted = has + Math.max(0, Math.min(room, wanted - has));
        }
        return scale(rollout, current, wanted);
    }

    /** First the old pods that do not serve anyway, then as many as availability allows. */
    private void shrinkOld(Rollout rollout, KubeObject current) {
        int minAvailable = rollout.desired() - rollout.maxUnavailable();
        int newUnavailable =
                current.number("spec", "replicas") - current.number("status", "availableReplicas");
        int most = rollout.replicas() - minAvailable - newUnavailable;
        if (most <= 0) {
            return;
        }
        int unhealthy = most;
        int healthy = rollout.statusSum("availableReplicas") - minAvailable;
        for (var set : rollout.old()) {
            int has = set.number("spec", "replicas");
            int down = Math.min(unhealthy, has - set.number("status", "availableReplicas"));
            unhealthy -= Math.max(0, down);
            int left = has - Math.max(0, down);
            int more = Math.clamp(healthy, 0, left);
            healthy -= more;
            scale(rollout, set, left - more);
        }
    }

    private boolean scale(Rollout rollout, KubeObject set, int wanted) {
        int has = set.number("spec", "replicas");
        if (has == wanted) {
            return false;
        }
        actor.edit(set.key(), tree -> Json.ensure(tree, "spec").put("replicas", wanted));
        announce(rollout, set, has, wanted);
        return true;
    }

    private void announce(Rollout rollout, KubeObject set, int from, int to) {
        actor.normal(
                rollout.deployment(),
                "ScalingReplicaSet",
                "Scaled %s replica set %s from %d to %d"
                        .formatted(from < to ? "up" : "down", set.name(), from, to));
    }

    private static boolean isComplete(Rollout rollout) {
        var status = rollout.deployment();
        return List.of("updatedReplicas", "replicas", "availableReplicas").stream()
                .allMatch(field -> status.number("status", field) == rollout.desired());
    }

    private void dropHistory(Rollout rollout) {
        int limit = rollout.deployment().number(10, "spec", "revisionHistoryLimit");
        var idle =
                rollout.old().stream()
                        .filter(set -> set.number("spec", "replicas") == 0)
                        .filter(set -> set.number("status", "replicas") == 0)
                        .toList();
        idle.stream().limit(Math.max(0, idle.size() - limit)).forEach(actor::delete);
    }
}
