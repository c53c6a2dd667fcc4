package dev.kestrel.operator.kube;

import java.util.List;
import java.util.Optional;

/** The kinds that the operator reads. A kind that is not here cannot be asked for or changed. */
public final class Kinds {
    /** Read through a source of its own, because events are told once and not kept. */
    public static final Kind EVENT = new Kind("Event", "", "v1", "events", true);

    public static final Kind POD = new Kind("Pod", "", "v1", "pods", true);

    /** What the inventory consists of; Secret is not among them and never will be. */
    public static final List<Kind> INVENTORY =
            List.of(
                    new Kind("Namespace", "", "v1", "namespaces", false),
                    new Kind("Node", "", "v1", "nodes", false),
                    POD,
                    new Kind("Service", "", "v1", "services", true),
                    new Kind("EndpointSlice", "discovery.k8s.io", "v1", "endpointslices", true),
                    new Kind("Deployment", "apps", "v1", "deployments", true),
                    new Kind("ReplicaSet", "apps", "v1", "replicasets", true),
                    new Kind("StatefulSet", "apps", "v1", "statefulsets", true),
                    new Kind("DaemonSet", "apps", "v1", "daemonsets", true),
                    new Kind("Job", "batch", "v1", "jobs", true),
                    new Kind("CronJob", "batch", "v1", "cronjobs", true),
                    new Kind("ConfigMap", "", "v1", "configmaps", true),
                    new Kind("ServiceAccount", "", "v1", "serviceaccounts", true),
                    new Kind("PersistentVolumeClaim", "", "v1", "persistentvolumeclaims", true),
                    new Kind("PersistentVolume", "", "v1", "persistentvolumes", false),
                    new Kind("StorageClass", "storage.k8s.io", "v1", "storageclasses", false),
                    new Kind("NetworkPolicy", "networking.k8s.io", "v1", "networkpolicies", true),
                    new Kind("ResourceQuota", "", "v1", "resourcequotas", true),
                    new Kind("LimitRange", "", "v1", "limitranges", true),
                    new Kind(
                            "HorizontalPodAutoscaler",
                            "autoscaling",
                            "v2",
                            "horizontalpodautoscalers",
                            true),
                    new Kind("PodDisruptionBudget", "policy", "v1", "poddisruptionbudgets", true),
                    new Kind("Ingress", "networking.k8s.io", "v1", "ingresses", true),
                    new Kind("IngressClass", "networking.k8s.io", "v1", "ingressclasses", false),
                    // Of a service mesh; where there is none, the source is absent.
                    new Kind(
                            "PeerAuthentication",
                            "security.istio.io",
                            "v1",
                            "peerauthentications",
                            true));

    private Kinds() {}

    /** A kind of the inventory by name. */
    public static Optional<Kind> named(String name) {
        return INVENTORY.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
