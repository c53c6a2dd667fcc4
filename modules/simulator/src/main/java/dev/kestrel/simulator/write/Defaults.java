package dev.kestrel.simulator.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.ResourceType;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.util.List;

/** Fills in what the API server fills in before it stores an object. */
final class Defaults {
    private static final List<String> PROBES =
            List.of("livenessProbe", "readinessProbe", "startupProbe");

    private Defaults() {}

    static void fill(ResourceType type, ObjectNode tree) {
        switch (type.kind()) {
            case "Deployment" -> deployment(Json.ensure(tree, "spec"));
            case "StatefulSet" -> statefulSet(Json.ensure(tree, "spec"));
            case "DaemonSet" -> daemonSet(Json.ensure(tree, "spec"));
            case "ReplicaSet" -> {
                put(Json.ensure(tree, "spec"), "replicas", 1);
                podSpec(Json.ensure(tree, "spec", "template", "spec"));
            }
            case "Job" -> job(Json.ensure(tree, "spec"));
            case "CronJob" -> cronJob(Json.ensure(tree, "spec"));
            case "Pod" -> pod(Json.ensure(tree, "spec"));
            case "Namespace" -> namespace(tree);
            case "NetworkPolicy" -> policy(Json.ensure(tree, "spec"));
            case "PersistentVolumeClaim" ->
                    put(Json.ensure(tree, "spec"), "volumeMode", "Filesystem");
            default -> {}
        }
        if (type.equals(ResourceTypes.SERVICE)) {
            service(Json.ensure(tree, "spec"));
        }
    }

    private static void deployment(ObjectNode spec) {
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "progressDeadlineSeconds", 600);
        var strategy = Json.ensure(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            put(Json.ensure(strategy, "rollingUpdate"), "maxUnavailable", "25%");
            put(Json.ensure(strategy, "rollingUpdate"), "maxSurge", "25%");
        } else {
            strategy.remove("rollingUpdate");
        }
        podSpec(Json.ensure(spec, "template", "spec"));
    }

    private static void statefulSet(ObjectNode spec) {
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "podManagementPolicy", "OrderedReady");
        put(Json.ensure(spec, "updateStrategy"), "type", "RollingUpdate");
        put(Json.ensure(spec, "updateStrategy", "rollingUpdate"), "partition", 0);
        var retention = Json.ensure(spec, "persistentVolumeClaimRetentionPolicy");
        put(retention, "whenDeleted", "Retain");
        put(retention, "whenScaled", "Retain");
        podSpec(Json.ensure(spec, "template", "spec"));
    }

    private static void daemonSet(ObjectNode spec) {
        put(spec, "revisionHistoryLimit", 10);
        put(Json.ensure(spec, "updateStrategy"), "type", "RollingUpdate");
        var rolling = Json.ensure(spec, "updateStrategy", "rollingUpdate");
        put(rolling, "maxUnavailable", 1);
        put(rolling, "maxSurge", 0);
        podSpec(Json.ensure(spec, "template", "spec"));
    }

    private static void job(ObjectNode spec) {
        put(spec, "parallelism", 1);
        put(spec, "completions", 1);
        put(spec, "backoffLimit", 6);
        put(spec, "completionMode", "NonIndexed");
        put(spec, "podReplacementPolicy", "TerminatingOrFailed");
        if (!spec.has("suspend")) {
            spec.put("suspend", false);
        }
        podSpec(Json.ensure(spec, "template", "spec"));
    }

    private static void cronJob(ObjectNode spec) {
        put(spec, "concurrencyPolicy", "Allow");
        put(spec, "successfulJobsHistoryLimit", 3);
        put(spec, "failedJobsHistoryLimit", 1);
        if (!spec.has("suspend")) {
            spec.put("suspend", false);
        }
        podSpec(Json.ensure(spec, "jobTemplate", "spec", "template", "spec"));
    }

    private static void podSpec(ObjectNode spec) {
        put(spec, "restartPolicy", "Always");
        put(spec, "terminationGracePeriodSeconds", 30);
        put(spec, "dnsPolicy", "ClusterFirst");
        put(spec, "schedulerName", "default-scheduler");
        Json.ensure(spec, "securityContext");
        spec.path("containers").forEach(container -> container((ObjectNode) container));
        spec.path("initContainers").forEach(container -> container((ObjectNode) container));
    }

    private static void container(ObjectNode container) {
        var image = container.path("image").asText();
        var name = image.substring(image.lastIndexOf('/') + 1);
        var latest = !name.contains(":") || name.endsWith(":latest");
        put(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        put(container, "terminationMessagePath", "/dev/termination-log");
        put(container, "terminationMessagePolicy", "File");
        Json.ensure(container, "resources");
        container.path("ports").forEach(port -> put((ObjectNode) port, "protocol", "TCP"));
        PROBES.stream()
                .map(container::path)
                .filter(JsonNode::isObject)
                .forEach(probe -> probe((ObjectNode) probe));
    }

    private static void probe(ObjectNode probe) {
        put(probe, "timeoutSeconds", 1);
        put(probe, "periodSeconds", 10);
        put(probe, "successThreshold", 1);
        put(probe, "failureThreshold", 3);
        if (probe.path("httpGet") instanceof ObjectNode get) {
            put(get, "path", "/");
            put(get, "scheme", "HTTP");
        }
    }

    private static void pod(ObjectNode spec) {
        podSpec(spec);
        put(spec, "serviceAccountName", "default");
        put(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        put(spec, "preemptionPolicy", "PreemptLowerPriority");
        put(spec, "priority", 0);
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        spec.path("containers").forEach(Defaults::requestWhatIsLimited);
        tolerate(spec, "node.kubernetes.io/not-ready");
        tolerate(spec, "node.kubernetes.io/unreachable");
    }

    private static void requestWhatIsLimited(JsonNode container) {
        var resources = (ObjectNode) container.path("resources");
        for (var limit : resources.path("limits").properties()) {
            put(Json.ensure(resources, "requests"), limit.getKey(), limit.getValue().asText());
        }
    }

    private static void tolerate(ObjectNode spec, String taint) {
        for (var toleration : spec.path("tolerations")) {
            var key = toleration.path("key").asText();
            var effect = toleration.path("effect").asText();
            if ((key.isEmpty() || key.equals(taint))
                    && (effect.isEmpty() || effect.equals("NoExecute"))) {
                return;
            }
        }
        var toleration = spec.withArray("tolerations").addObject();
        toleration.put("effect", "NoExecute").put("key", taint).put("operator", "Exists");
        toleration.put("tolerationSeconds", 300);
    }

    private static void namespace(ObjectNode tree) {
        var name = tree.path("metadata").path("name").asText();
        put(Json.ensure(tree, "metadata", "labels"), "kubernetes.io/metadata.name", name);
        if (!tree.path("spec").has("finalizers")) {
            Json.ensure(tree, "spec").putArray("finalizers").add("kubernetes");
        }
        put(Json.ensure(tree, "status"), "phase", "Active");
    }

    private static void policy(ObjectNode spec) {
        if (spec.path("policyTypes").isEmpty()) {
            var types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    private static void service(ObjectNode spec) {
        put(spec, "type", "ClusterIP");
        put(spec, "sessionAffinity", "None");
        put(spec, "internalTrafficPolicy", "Cluster");
        put(spec, "ipFamilyPolicy", "SingleStack");
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        for (var port : spec.path("ports")) {
            put((ObjectNode) port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        }
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!node.has(field)) {
            node.put(field, value);
        }
    }

    private static void put(ObjectNode node, String field, int value) {
        if (!node.has(field)) {
            node.put(field, value);
        }
    }
}
