package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Refusal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What all controllers of pods do alike: make them of a template, count them, pick victims. */
public final class Pods {
    /** Which pods go first when there are too many: the least useful, then the youngest. */
    static final Comparator<KubeObject> VICTIMS_FIRST =
            Comparator.<KubeObject, Boolean>comparing(
                            pod -> !pod.text("spec", "nodeName").isEmpty())
                    .thenComparingInt(pod -> phaseRank(pod.text("status", "phase")))
                    .thenComparing(Pods::isReady)
                    .thenComparingInt(pod -> -restarts(pod))
                    .thenComparing(Comparator.comparing(KubeObject::created).reversed())
                    .thenComparing(KubeObject::name);

    private Pods() {}

    /** A pod of a template, controlled by its owner, not yet named. */
    static ObjectNode of(KubeObject owner, JsonNode template) {
        var pod = Json.object();
        var metadata = pod.putObject("metadata");
        metadata.put("namespace", owner.namespace());
        for (var field : List.of("labels", "annotations")) {
            var given = template.path("metadata").path(field);
            if (!given.isMissingNode()) {
                metadata.set(field, given.deepCopy());
            }
        }
        own(metadata, owner);
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    static void own(ObjectNode metadata, KubeObject owner) {
        var reference = metadata.putArray("ownerReferences").addObject();
        reference.put("apiVersion", owner.type().apiVersion()).put("kind", owner.type().kind());
        reference.put("name", owner.name()).put("uid", owner.uid());
        reference.put("controller", true).put("blockOwnerDeletion", true);
    }

    /** Creates a pod and says so, or says why it could not. */
    static Optional<Refusal> create(Actor actor, KubeObject owner, ObjectNode pod) {
        try {
            var made = actor.create(ResourceTypes.POD, pod);
            actor.normal(owner, "SuccessfulCreate", "Created pod: " + made.name());
            return Optional.empty();
        } catch (Refusal refusal) {
            actor.warning(owner, "FailedCreate", "Error creating: " + refusal.getMessage());
            return Optional.of(refusal);
        }
    }

    static void delete(Actor actor, KubeObject owner, KubeObject pod) {
        actor.delete(pod);
        actor.normal(owner, "SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    static boolean isActive(KubeObject pod) {
        var phase = pod.text("status", "phase");
        return !pod.isDeleting() && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    public static boolean isReady(KubeObject pod) {
        return condition(pod, "Ready").path("status").asText().equals("True");
    }

    static boolean isAvailable(KubeObject pod, int minReadySeconds, Instant now) {
        var ready = condition(pod, "Ready");
        return isReady(pod)
                && (minReadySeconds == 0
                        || !Instant.parse(ready.path("lastTransitionTime").asText())
                                .plusSeconds(minReadySeconds)
                                .isAfter(now));
    }

    /** The condition of that type; a missing node when there is none. */
    public static JsonNode condition(KubeObject object, String type) {
        for (var condition : object.at("status", "conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static int restarts(KubeObject pod) {
        int sum = 0;
        for (var status : pod.at("status", "containerStatuses")) {
            sum += status.path("restartCount").asInt();
        }
        return sum;
    }

    private static int phaseRank(String phase) {
        return switch (phase) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }
}
