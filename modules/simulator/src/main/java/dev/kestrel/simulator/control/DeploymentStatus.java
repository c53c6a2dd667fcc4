package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.control.Conditions.Wanted;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Instant;
import java.util.List;

/** Writes what a Deployment's status says of its rollout: counts, availability, progress. */
final class DeploymentStatus {
    private static final List<String> UPDATED = List.of("lastUpdateTime");
    private static final String AVAILABLE = "NewReplicaSetAvailable";

    private final Actor actor;

    DeploymentStatus(Actor actor) {
        this.actor = actor;
    }

    void report(Rollout rollout) {
        actor.editStatus(rollout.deployment().key(), status -> write(rollout, status));
    }

    private void write(Rollout rollout, ObjectNode status) {
        var before = rollout.deployment();
        int replicas = rollout.statusSum("replicas");
        int available = rollout.statusSum("availableReplicas");
        int ready = rollout.statusSum("readyReplicas");
        int updated = rollout.current().map(set -> set.number("status", "replicas")).orElse(0);
        status.put("observedGeneration", before.generation());
        ReplicaSetController.count(status, "replicas", replicas);
        ReplicaSetController.count(status, "updatedReplicas", updated);
        ReplicaSetController.count(status, "readyReplicas", ready);
        ReplicaSetController.count(status, "availableReplicas", available);
        ReplicaSetController.count(
                status, "unavailableReplicas", Math.max(0, replicasWanted(rollout) - available));
        ReplicaSetController.count(status, "terminatingReplicas", terminating(rollout));
        availability(rollout, status, available);
        progress(rollout, status);
        failure(rollout, status);
    }

    private static int replicasWanted(Rollout rollout) {
        return rollout.replicas();
    }

    private long terminating(Rollout rollout) {
        return rollout.sets().stream()
                .flatMap(set -> actor.owned(ResourceTypes.POD, set).stream())
                .filter(KubeObject::isDeleting)
                .count();
    }

    private void availability(Rollout rollout, ObjectNode status, int available) {
        var enough = available >= rollout.desired() - rollout.maxUnavailable();
        var wanted =
                enough
                        ? new Wanted(
                                "Available",
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability.")
                        : new Wanted(
                                "Available",
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability.");
        Conditions.set(status, wanted, actor.now(), UPDATED);
    }

    private void progress(Rollout rollout, ObjectNode status) {
        var before = rollout.deployment();
        var progressing = Pods.condition(before, "Progressing");
        var reason = progressing.path("reason").asText("");
        if (rollout.current().isEmpty()
                || (reason.equals(AVAILABLE)
                        && status.path("replicas").asInt() == updated(status))) {
            return;
        }
        var set = rollout.current().get();
        if (isComplete(rollout, status)) {
            progressing(status, AVAILABLE, "has successfully progressed.", set);
        } else if (moved(before, status)) {
            // Progress with the same reason still moves the time the deadline counts from.
            Conditions.remove(status, "Progressing");
            progressing(status, "ReplicaSetUpdated", "is progressing.", set);
            keepTransition(status, progressing.path("lastTransitionTime").asText(""));
        } else if (isLate(before, reason)) {
            var message = "ReplicaSet \"%s\" has timed out progressing.".formatted(set.name());
            var wanted = new Wanted("Progressing", "False", "ProgressDeadlineExceeded", message);
            Conditions.set(status, wanted, actor.now(), UPDATED);
        }
    }

    /** Sets the Progressing condition to true for a reason. */
    void progressing(ObjectNode status, String reason, String what, KubeObject set) {
        var message =
                what.startsWith("Created")
                        ? "%s \"%s\"".formatted(what, set.name())
                        : "ReplicaSet \"%s\" %s".formatted(set.name(), what);
        var wanted = new Wanted("Progressing", "True", reason, message);
        Conditions.set(status, wanted, actor.now(), UPDATED);
    }

    private static void keepTransition(ObjectNode status, String transition) {
        for (var condition : status.path("conditions")) {
            if (!transition.isEmpty() && condition.path("type").asText().equals("Progressing")) {
                ((ObjectNode) condition).put("lastTransitionTime", transition);
            }
        }
    }

    private static int updated(ObjectNode status) {
        return status.path("updatedReplicas").asInt();
    }

    private static boolean isComplete(Rollout rollout, ObjectNode status) {
        return updated(status) == rollout.desired()
                && status.path("replicas").asInt() == rollout.desired()
                && status.path("availableReplicas").asInt() == rollout.desired();
    }

    private static boolean moved(KubeObject before, ObjectNode status) {
        int oldBefore =
                before.number("status", "replicas") - before.number("status", "updatedReplicas");
        int oldNow = status.path("replicas").asInt() - updated(status);
        return updated(status) > before.number("status", "updatedReplicas")
                || oldNow < oldBefore
                || more(before, status, "readyReplicas")
                || more(before, status, "availableReplicas");
    }

    private static boolean more(KubeObject before, ObjectNode status, String field) {
        return status.path(field).asInt() > before.number("status", field);
    }

    private boolean isLate(KubeObject before, String reason) {
        var since = Pods.condition(before, "Progressing").path("lastUpdateTime").asText("");
        if (since.isEmpty() || reason.equals(AVAILABLE)) {
            return false;
        }
        int deadline = before.number("spec", "progressDeadlineSeconds");
        return Instant.parse(since).plusSeconds(deadline).isBefore(actor.now());
    }

    /** A set that may not create pods says so on its Deployment too. */
    private void failure(Rollout rollout, ObjectNode status) {
        for (var set : rollout.sets()) {
            var failing = Pods.condition(set, "ReplicaFailure");
            if (!failing.isMissingNode()) {
                var wanted =
                        new Wanted(
                                "ReplicaFailure",
                                "True",
                                failing.path("reason").asText(),
                                failing.path("message").asText());
                Conditions.set(status, wanted, actor.now(), UPDATED);
                return;
            }
        }
        if (!Pods.condition(rollout.deployment(), "ReplicaFailure").isMissingNode()) {
            Conditions.remove(status, "ReplicaFailure");
        }
    }
}
