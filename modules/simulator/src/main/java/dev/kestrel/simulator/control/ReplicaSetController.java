package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps as many pods as each ReplicaSet asks for. */
public final class ReplicaSetController implements Controller {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1000);

    private final Actor actor;
    private final Map<ResourceKey, Pause> pauses = new HashMap<>();

    /** After a refused creation the work queue waits ever longer. */
    private record Pause(Instant until, Duration length, Refusal why) {}

    public ReplicaSetController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("replicaset-controller"));
    }

    @Override
    public void reconcile() {
        for (var set : actor.list(ResourceTypes.REPLICA_SET)) {
            if (!set.isDeleting()) {
                reconcile(set);
            }
        }
    }

    private void reconcile(KubeObject set) {
        var pods = actor.owned(ResourceTypes.POD, set).stream().filter(Pods::isActive).toList();
        int wanted = set.number("spec", "replicas");
        if (pods.size() < wanted) {
            create(set, wanted - pods.size());
        } else {
            pauses.remove(set.key());
            pods.stream()
                    .sorted(Pods.VICTIMS_FIRST)
                    .limit(pods.size() - (long) wanted)
                    .forEach(pod -> Pods.delete(actor, set, pod));
        }
        report(set);
    }

    private void create(KubeObject set, int missing) {
        var pause = pauses.get(set.key());
        if (pause != null && pause.until().isAfter(actor.now())) {
            return;
        }
        for (int i = 0; i < missing; i++) {
            var pod = Pods.of(set, set.at("spec", "template"));
            ((ObjectNode) pod.path("metadata")).put("generateName", set.name() + "-");
            var refused = Pods.create(actor, set, pod);
            if (refused.isPresent()) {
                var length = pause == null ? Duration.ofMillis(500) : pause.length();
                var next = length.multipliedBy(2);
                var bounded = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
                pauses.put(set.key(), new Pause(actor.now().plus(length), bounded, refused.get()));
                return;
            }
        }
        pauses.remove(set.key());
    }

    private void report(KubeObject set) {
        var pods = actor.owned(ResourceTypes.POD, set).stream().filter(Pods::isActive).toList();
        int minReady = set.number("spec", "minReadySeconds");
        long ready = pods.stream().filter(Pods::isReady).count();
        long available =
                pods.stream().filter(pod -> Pods.isAvailable(pod, minReady, actor.now())).count();
        actor.editStatus(
                set.key(),
                status -> {
                    status.put("replicas", pods.size());
                    status.put("fullyLabeledReplicas", pods.size());
                    count(status, "readyReplicas", ready);
                    count(status, "availableReplicas", available);
                    status.put("observedGeneration", set.generation());
                    failure(set, status);
                });
    }

    /** Counts that are zero are left out, as Go leaves them out. */
    static void count(ObjectNode status, String field, long value) {
        if (value == 0) {
            status.remove(field);
        } else {
            status.put(field, value);
        }
    }

    private void failure(KubeObject set, ObjectNode status) {
        var why = Optional.ofNullable(pauses.get(set.key())).map(Pause::why);
        if (why.isEmpty()) {
            status.remove("conditions");
            return;
        }
        var wanted =
                new Conditions.Wanted(
                        "ReplicaFailure", "True", "FailedCreate", why.get().getMessage());
        Conditions.set(status, wanted, actor.now(), List.of());
    }
}
