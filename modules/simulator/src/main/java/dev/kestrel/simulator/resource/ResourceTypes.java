package dev.kestrel.simulator.resource;

import java.util.List;
import java.util.Optional;

/** Every kind of object this cluster serves, in the order discovery lists them. */
public final class ResourceTypes {
    public static final ResourceType NAMESPACE = cluster("", "v1", "Namespace", "namespaces", "ns");
    public static final ResourceType NODE = cluster("", "v1", "Node", "nodes", "no");
    public static final ResourceType POD = namespaced("", "v1", "Pod", "pods", "po");
    public static final ResourceType SERVICE = namespaced("", "v1", "Service", "services", "svc");
    public static final ResourceType CONFIG_MAP =
            namespaced("", "v1", "ConfigMap", "configmaps", "cm");
    public static final ResourceType SECRET = namespaced("", "v1", "Secret", "secrets");
    public static final ResourceType SERVICE_ACCOUNT =
            namespaced("", "v1", "ServiceAccount", "serviceaccounts", "sa");
    public static final ResourceType EVENT = namespaced("", "v1", "Event", "events", "ev");
    public static final ResourceType CLAIM =
            namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc");
    public static final ResourceType VOLUME =
            cluster("", "v1", "PersistentVolume", "persistentvolumes", "pv");
    public static final ResourceType QUOTA =
            namespaced("", "v1", "ResourceQuota", "resourcequotas", "quota");
    public static final ResourceType LIMIT_RANGE =
            namespaced("", "v1", "LimitRange", "limitranges", "limits");
    public static final ResourceType DEPLOYMENT =
            namespaced("apps", "v1", "Deployment", "deployments", "deploy");
    public static final ResourceType REPLICA_SET =
            namespaced("apps", "v1", "ReplicaSet", "replicasets", "rs");
    public static final ResourceType STATEFUL_SET =
            namespaced("apps", "v1", "StatefulSet", "statefulsets", "sts");
    public static final ResourceType DAEMON_SET =
            namespaced("apps", "v1", "DaemonSet", "daemonsets", "ds");
    public static final ResourceType JOB = namespaced("batch", "v1", "Job", "jobs");
    public static final ResourceType CRON_JOB =
            namespaced("batch", "v1", "CronJob", "cronjobs", "cj");
    public static final ResourceType AUTOSCALER =
            namespaced(
                    "autoscaling",
                    "v2",
                    "HorizontalPodAutoscaler",
                    "horizontalpodautoscalers",
                    "hpa");
    public static final ResourceType ENDPOINT_SLICE =
            namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
    public static final ResourceType INGRESS =
            namespaced("networking.k8s.io", "v1", "Ingress", "ingresses", "ing");
    public static final ResourceType INGRESS_CLASS =
            cluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses");
    public static final ResourceType NETWORK_POLICY =
            namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol");
    public static final ResourceType DISRUPTION_BUDGET =
            namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb");
    public static final ResourceType STORAGE_CLASS =
            cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses", "sc");

    /** Of a service mesh, which a cluster may have or not. */
    public static final ResourceType PEER_AUTHENTICATION =
            namespaced(
                    "security.istio.io", "v1", "PeerAuthentication", "peerauthentications", "pa");

    public static final List<ResourceType> ALL =
            List.of(
                    NAMESPACE,
                    NODE,
                    POD,
                    SERVICE,
                    CONFIG_MAP,
                    SECRET,
                    SERVICE_ACCOUNT,
                    EVENT,
                    CLAIM,
                    VOLUME,
                    QUOTA,
                    LIMIT_RANGE,
                    DEPLOYMENT,
                    REPLICA_SET,
                    STATEFUL_SET,
                    DAEMON_SET,
                    JOB,
                    CRON_JOB,
                    AUTOSCALER,
                    ENDPOINT_SLICE,
                    INGRESS,
                    INGRESS_CLASS,
                    NETWORK_POLICY,
                    DISRUPTION_BUDGET,
                    STORAGE_CLASS,
                    PEER_AUTHENTICATION);

    private ResourceTypes() {}

    /** The type served at {@code /apis/<group>/<version>/<plural>}. */
    public static Optional<ResourceType> served(String group, String version, String plural) {
        return ALL.stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .filter(type -> type.plural().equals(plural))
                .findFirst();
    }

    /** The type an object says it is of. */
    public static Optional<ResourceType> of(String apiVersion, String kind) {
        return ALL.stream()
                .filter(type -> type.kind().equals(kind) && type.apiVersion().equals(apiVersion))
                .findFirst();
    }

    /**
     * The type with this kind; kinds are unique here.
     *
     * @throws IllegalArgumentException when no such kind is served
     */
    public static ResourceType ofKind(String kind) {
        return ALL.stream()
                .filter(type -> type.kind().equals(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no kind " + kind + " is served here"));
    }

    private static ResourceType namespaced(
            String group, String version, String kind, String plural, String... shortNames) {
        return type(group, version, kind, plural, true, List.of(shortNames));
    }

    private static ResourceType cluster(
            String group, String version, String kind, String plural, String... shortNames) {
        return type(group, version, kind, plural, false, List.of(shortNames));
    }

    private static ResourceType type(
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            List<String> shortNames) {
        var folder = group.isEmpty() ? "core" : group.replace(".k8s.io", "");
        var schema = folder + "." + version + "." + kind;
        return new ResourceType(group, version, kind, plural, namespaced, schema, shortNames);
    }
}
