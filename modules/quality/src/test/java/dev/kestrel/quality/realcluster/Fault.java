package dev.kestrel.quality.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that goes wrong by one change to a healthy cluster, and how to take that change back.
 * The id names its workload, its namespace and the file of its signals.
 */
enum Fault {
    OOM_KILLED(
            "oom-killed",
            "",
            "deployment/checkout",
            memoryLimit("checkout", "48Mi"),
            memoryLimit("checkout", "128Mi")),
    IMAGE_NOT_FOUND(
            "image-not-found",
            "",
            "deployment/catalog",
            container("catalog", "\"image\": \"workload:v11\""),
            container("catalog", "\"image\": \"workload:v1\"")),
    UNSCHEDULABLE(
            "unschedulable",
            "",
            "deployment/search",
            memoryRequest("search", "4Ti"),
            memoryRequest("search", "16Mi")),
    SELECTOR_MATCHES_NOTHING(
            "selector-matches-nothing",
            "",
            "service/backend",
            "{\"spec\": {\"selector\": {\"app\": \"backend-v2\"}}}",
            "{\"spec\": {\"selector\": {\"app\": \"backend\"}}}"),
    DNS_DOWN(
            "dns-down",
            "kube-system",
            "deployment/coredns",
            "{\"spec\": {\"replicas\": 0}}",
            "{\"spec\": {\"replicas\": 1}}"),
    POLICY_KEEPS_CALLER_OUT(
            "policy-keeps-caller-out",
            "",
            "networkpolicy/backend",
            callers("figures"),
            callers("figures", "frontend")),
    POLICY_FORGETS_NAMES(
            "policy-forgets-names",
            "",
            "networkpolicy/frontend",
            """
            {"spec": {"policyTypes": ["Ingress", "Egress"],
             "egress": [{"to": [{"podSelector": {"matchLabels": {"app": "backend"}}}], "ports": [{"port": 8080}]}]}}\
            """,
            "{\"spec\": {\"policyTypes\": [\"Ingress\"], \"egress\": null}}"),
    READINESS_PROBE_WRONG(
            "readiness-probe-wrong",
            "",
            "deployment/payments",
            probe("payments", "readinessProbe", "9090"),
            probe("payments", "readinessProbe", "\"http\"")),
    LIVENESS_PROBE_WRONG(
            "liveness-probe-wrong",
            "",
            "deployment/checkout",
            probe("checkout", "livenessProbe", "8008"),
            probe("checkout", "livenessProbe", "\"http\"")),
    CONFIG_KEY_MISSING(
            "config-key-missing",
            "",
            "deployment/billing",
            tariff("settings", "tarif"),
            tariff("settings", "tariff")),
    CONFIG_MAP_MISSING(
            "config-map-missing",
            "",
            "deployment/billing",
            tariff("setings", "tariff"),
            tariff("settings", "tariff")),
    NODE_SELECTOR_UNMET(
            "node-selector-unmet",
            "",
            "deployment/search",
            pod("\"nodeSelector\": {\"kubernetes.io/os\": \"linus\"}"),
            pod("\"nodeSelector\": {\"kubernetes.io/os\": \"linux\"}")),
    NODE_AFFINITY_UNMET(
            "node-affinity-unmet", "", "deployment/search", systems("windows"), systems("linux")),
    NODE_TAINTED(
            "node-tainted",
            "",
            "node/real-1",
            """
            {"spec": {"taints": [{"key": "dedicated", "value": "batch", "effect": "NoSchedule"}]}}\
            """,
            "{\"spec\": {\"taints\": null}}"),
    NODE_CORDONED(
            "node-cordoned",
            "",
            "node/real-1",
            "{\"spec\": {\"unschedulable\": true}}",
            "{\"spec\": {\"unschedulable\": null}}");

    static final Path FOLDER =
            RealCluster.ROOT.resolve("modules/quality/src/test/resources/real-cluster");

    private static final Duration NAMESPACE_GONE = Duration.ofMinutes(2);

    private final String id;
    private final String elsewhere;
    private final String resource;
    private final String breaking;
    private final String mending;

    Fault(String id, String elsewhere, String resource, String breaking, String mending) {
        this.id = id;
        this.elsewhere = elsewhere;
        this.resource = resource;
        this.breaking = breaking;
        this.mending = mending;
    }

    private static String container(String name, String fields) {
        return """
        {"spec": {"template": {"spec": {"containers": [{"name": "%s", %s}]}}}}\
        """
                .formatted(name, fields);
    }

    private static String memoryLimit(String name, String amount) {
        return container(
                name, "\"resources\": {\"limits\": {\"memory\": \"%s\"}}".formatted(amount));
    }

    private static String memoryRequest(String name, String amount) {
        return container(
                name, "\"resources\": {\"requests\": {\"memory\": \"%s\"}}".formatted(amount));
    }

    private static String pod(String fields) {
        return "{\"spec\": {\"template\": {\"spec\": {%s}}}}".formatted(fields);
    }

    private static String probe(String container, String probe, String port) {
        return container(container, "\"%s\": {\"httpGet\": {\"port\": %s}}".formatted(probe, port));
    }

    private static String tariff(String configMap, String key) {
        return container(
                "billing",
                """
                "env": [{"name": "TARIFF", "valueFrom": {"configMapKeyRef": {"name": "%s", "key": "%s"}}}]\
                """
                        .formatted(configMap, key));
    }

    private static String callers(String... apps) {
        var rules =
                Stream.of(apps)
                        .map(
                                """
                                {"from": [{"podSelector": {"matchLabels": {"app": "%s"}}}], "ports": [{"port": 8080}]}\
                                """
                                        ::formatted)
                        .collect(Collectors.joining(", "));
        return "{\"spec\": {\"ingress\": [%s]}}".formatted(rules);
    }

    private static String systems(String value) {
        return pod(
                """
                "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms":
                 [{"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["%s"]}]}]}}}\
                """
                        .formatted(value));
    }

    String id() {
        return id;
    }

    /** Where its workload runs. */
    String namespace() {
        return id;
    }

    /** Where the object is that the change is made to. */
    String brokenNamespace() {
        return elsewhere.isEmpty() ? namespace() : elsewhere;
    }

    /**
     * Starts the workload and returns when it is healthy. What is called starts before its caller.
     */
    void prepare(RealCluster cluster) {
        for (var object : workload()) {
            cluster.apply(namespace(), object);
            cluster.awaitRollouts(namespace());
        }
    }

    void createNamespace(RealCluster cluster) {
        cluster.kubectl("create", "namespace", namespace()).output();
    }

    /** What is changed, such as {@code deployment/checkout}. */
    String resource() {
        return resource;
    }

    /** The change, as a strategic merge patch. */
    String breaking() {
        return breaking;
    }

    void breakIt(RealCluster cluster) {
        cluster.patch(brokenNamespace(), resource, breaking);
        if (isOfNode()) {
            cluster.kubectl("delete", "pods", "--all", "-n", namespace(), "--wait=false").output();
        }
    }

    /** True where a node is changed; that shows once pods come anew, so they are deleted. */
    boolean isOfNode() {
        return resource.startsWith("node/");
    }

    /** True where packets are dropped for a NetworkPolicy, which needs a network that does so. */
    boolean dropsPackets() {
        return resource.startsWith("networkpolicy/");
    }

    void mendIt(RealCluster cluster) {
        cluster.patch(brokenNamespace(), resource, mending);
    }

    /** Begins to take the workload away; {@link #awaitRemoved} waits for its end. */
    void startRemoving(RealCluster cluster) {
        if (!elsewhere.isEmpty() || isOfNode()) {
            mendIt(cluster);
        }
        cluster.kubectl("delete", "namespace", namespace(), "--wait=false").output();
    }

    void remove(RealCluster cluster) {
        startRemoving(cluster);
        awaitRemoved(cluster);
    }

    void awaitRemoved(RealCluster cluster) {
        var within = "--timeout=%ds".formatted(NAMESPACE_GONE.toSeconds());
        cluster.kubectl("wait", "--for=delete", "namespace/" + namespace(), within).output();
    }

    /** True where a frontend calls a backend, and its log tells how that goes. */
    boolean hasCaller() {
        return this == SELECTOR_MATCHES_NOTHING || this == DNS_DOWN || dropsPackets();
    }

    /** The objects of its workload, what is called before its caller. */
    List<String> workload() {
        try {
            var file = FOLDER.resolve("workloads/%s.yaml".formatted(id));
            return List.of(Files.readString(file).split("(?m)^---$"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
