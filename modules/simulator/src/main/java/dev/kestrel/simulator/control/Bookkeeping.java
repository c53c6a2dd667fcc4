package dev.kestrel.simulator.control;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Quotas;

import java.util.Optional;

/** The small controllers: binds claims to volumes, counts quotas and disruption budgets. */
public final class Bookkeeping implements Controller {
    private final Actor actor;

    public Bookkeeping(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("persistentvolume-controller"));
    }

    @Override
    public void reconcile() {
        actor.list(ResourceTypes.CLAIM).stream()
                .filter(claim -> claim.text("status", "phase").equals("Pending"))
                .forEach(this::bind);
        actor.list(ResourceTypes.QUOTA).forEach(this::count);
        actor.list(ResourceTypes.DISRUPTION_BUDGET).forEach(this::budget);
    }

    /** A claim gets a volume of its class at once, as a dynamic provisioner would make it. */
    private void bind(KubeObject claim) {
        var asked = claim.text("spec", "storageClassName");
        var found =
                asked.isEmpty()
                        ? defaultClass()
                        : actor.find(ResourceTypes.STORAGE_CLASS, "", asked);
        if (found.isEmpty()) {
            var name =
                    asked.isEmpty()
                            ? ""
                            : "storageclass.storage.k8s.io \"" + asked + "\" not found";
            if (!name.isEmpty()) {
                actor.warning(claim, "ProvisioningFailed", name);
            }
            return;
        }
        var name = "pvc-" + claim.uid();
        var volume = Json.object();
        volume.putObject("metadata").put("name", name);
        var spec = volume.putObject("spec");
        spec.set("accessModes", claim.at("spec", "accessModes").deepCopy());
        spec.set("capacity", claim.at("spec", "resources", "requests").deepCopy());
        var reference = spec.putObject("claimRef").put("apiVersion", "v1");
        reference.put("kind", "PersistentVolumeClaim").put("name", claim.name());
        reference.put("namespace", claim.namespace()).put("uid", claim.uid());
        spec.put("persistentVolumeReclaimPolicy", "Delete").put("volumeMode", "Filesystem");
        spec.put("storageClassName", found.get().name());
        actor.create(ResourceTypes.VOLUME, volume);
        actor.edit(claim.key(), tree -> Json.ensure(tree, "spec").put("volumeName", name));
        actor.editStatus(
                claim.key(),
                status -> {
                    status.put("phase", "Bound");
                    status.set("accessModes", spec.path("accessModes").deepCopy());
                    status.set("capacity", spec.path("capacity").deepCopy());
                });
    }

    private Optional<KubeObject> defaultClass() {
        return actor.list(ResourceTypes.STORAGE_CLASS).stream()
                .filter(
                        type ->
                                type.annotation("storageclass.kubernetes.io/is-default-class")
                                        .equals("true"))
                .findFirst();
    }

    private void count(KubeObject quota) {
        actor.editStatus(
                quota.key(),
                status -> {
                    status.set("hard", quota.at("spec", "hard").deepCopy());
                    var used = status.putObject("used");
                    for (var hard : quota.at("spec", "hard").properties()) {
                        long milli = Quotas.used(actor.store(), quota, hard.getKey());
                        used.put(hard.getKey(), Quotas.shown(hard.getKey(), milli));
                    }
                });
    }

    private void budget(KubeObject budget) {
        var store = actor.store();
        actor.editStatus(
                budget.key(),
                status -> {
                    status.put("observedGeneration", budget.generation());
                    status.put("currentHealthy", DisruptionBudgets.healthy(store, budget));
                    status.put("desiredHealthy", DisruptionBudgets.needed(store, budget));
                    status.put("disruptionsAllowed", DisruptionBudgets.allowed(store, budget));
                    status.put("expectedPods", DisruptionBudgets.expected(store, budget));
                });
    }
}
