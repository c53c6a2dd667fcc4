package dev.kestrel.simulator.control;

import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.LabelSelector;
import dev.kestrel.simulator.resource.ResourceKey;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.store.ObjectStore;
import dev.kestrel.simulator.write.Refusal;
import dev.kestrel.simulator.write.Registry;

import java.util.List;

/** Says how many pods of a budget may go, and evicts only those. */
public final class DisruptionBudgets {
    private static final String REFUSED =
            "Cannot evict pod as it would violate the pod's disruption budget.";

    private DisruptionBudgets() {}

    /** Deletes a pod, or refuses with 429 as the eviction API does. */
    public static void evict(
            ObjectStore store, Registry registry, ResourceKey key, boolean dryRun) {
        var pod = store.get(key).orElseThrow(() -> Refusal.notFound(ResourceTypes.POD, key.name()));
        for (var budget : store.list(ResourceTypes.DISRUPTION_BUDGET)) {
            if (covers(budget, pod) && allowed(store, budget) < 1 && Pods.isReady(pod)) {
                var why =
                        "The disruption budget %s needs %d healthy pods and has %d currently"
                                .formatted(
                                        budget.name(),
                                        needed(store, budget),
                                        healthy(store, budget));
                throw Refusal.disruptionBudget(
                        REFUSED, new Refusal.Cause("DisruptionBudget", why, ""));
            }
        }
        registry.delete(key, -1, dryRun);
    }

    static long allowed(ObjectStore store, KubeObject budget) {
        return Math.max(0, healthy(store, budget) - needed(store, budget));
    }

    static long healthy(ObjectStore store, KubeObject budget) {
        return pods(store, budget).stream()
                .filter(pod -> Pods.isReady(pod) && !pod.isDeleting())
                .count();
    }

    static int expected(ObjectStore store, KubeObject budget) {
        var owners =
                pods(store, budget).stream().map(KubeObject::controllerUid).distinct().toList();
        int sum = 0;
        for (var type : List.of(ResourceTypes.REPLICA_SET, ResourceTypes.STATEFUL_SET)) {
            for (var set : store.list(type)) {
                sum += owners.contains(set.uid()) ? set.number("spec", "replicas") : 0;
            }
        }
        return sum;
    }

    static int needed(ObjectStore store, KubeObject budget) {
        int expected = expected(store, budget);
        var most = budget.at("spec", "maxUnavailable").asText("");
        return most.isEmpty()
                ? Rollout.share(budget.at("spec", "minAvailable").asText("0"), expected, true)
                : Math.max(0, expected - Rollout.share(most, expected, true));
    }

    private static List<KubeObject> pods(ObjectStore store, KubeObject budget) {
        return store.list(ResourceTypes.POD).stream().filter(pod -> covers(budget, pod)).toList();
    }

    private static boolean covers(KubeObject budget, KubeObject pod) {
        return pod.namespace().equals(budget.namespace())
                && LabelSelector.ofObject(budget.at("spec", "selector")).matches(pod.labels());
    }
}
