package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.event.Occurrence;
import dev.kestrel.simulator.network.Caller;
import dev.kestrel.simulator.network.Network;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.write.Identities;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the containers of one pod share: the node they are on, the pod's address and its object. */
public final class PodContext {
    private final Actor actor;
    private final NodeServices services;
    private final String node;
    private KubeObject pod;
    private String address = "";
    private boolean touched = true;

    /** What every node uses. */
    public record NodeServices(
            Timings timings, ImageStore images, Network network, Identities identities) {}

    PodContext(Actor actor, NodeServices services, String node, KubeObject pod) {
        this.actor = actor;
        this.services = services;
        this.node = node;
        this.pod = pod;
    }

    void update(KubeObject newer) {
        pod = newer;
        touch();
    }

    void address(String newAddress) {
        address = newAddress;
        touch();
    }

    String address() {
        return address;
    }

    KubeObject pod() {
        return pod;
    }

    String node() {
        return node;
    }

    Timings timings() {
        return services.timings();
    }

    ImageStore images() {
        return services.images();
    }

    Network network() {
        return services.network();
    }

    /** How long a process may take to end. */
    Duration grace() {
        return Duration.ofSeconds(pod.number("spec", "terminationGracePeriodSeconds"));
    }

    String restartPolicy() {
        return pod.text("spec", "restartPolicy");
    }

    /** As the kubelet writes a pod in messages. */
    String shown() {
        return "%s_%s(%s)".formatted(pod.name(), pod.namespace(), pod.uid());
    }

    String newId() {
        var id = services.identities().uid() + services.identities().uid();
        return "containerd://" + id.replace("-", "");
    }

    void normal(String container, String reason, String message) {
        record(container, Occurrence.NORMAL, reason, message);
    }

    void warning(String container, String reason, String message) {
        record(container, Occurrence.WARNING, reason, message);
    }

    /** About the pod as a whole. */
    void warning(String reason, String message) {
        touch();
        actor.record(pod, "", Occurrence.WARNING, reason, message);
    }

    /** Why the node's runtime makes no sandbox for the pod now; empty when it does. */
    Optional<Sandboxing.Refusal> sandboxRefusal() {
        return Sandboxing.refusal(pod, node, actor, this::newId);
    }

    /** Notes that the kubelet has something new to report. */
    void touch() {
        touched = true;
    }

    /** Whether there is something new since this was asked last. */
    boolean takeTouched() {
        var was = touched;
        touched = false;
        return was;
    }

    private void record(String container, String type, String reason, String message) {
        touch();
        var path = "spec.containers{%s}".formatted(container);
        actor.record(pod, path, type, reason, message);
    }

    /** The program that the container's image holds. */
    Program program(JsonNode container, Surroundings around) {
        var image = images().find(container.path("image").asText());
        return switch (image.map(Image::program).orElse("workload")) {
            case "coredns" -> new CoreDnsProgram(around);
            case "task" -> new TaskProgram(around);
            default -> new WorkloadProgram(around);
        };
    }

    Surroundings surroundings(JsonNode container, LogFile log, Instant now) {
        var arguments = new ArrayList<String>();
        container.path("command").forEach(part -> arguments.add(part.asText()));
        container.path("args").forEach(part -> arguments.add(part.asText()));
        return new Surroundings(
                environment(container),
                List.copyOf(arguments),
                files(container),
                new Caller(pod.namespace(), pod.name()),
                network(),
                log,
                now);
    }

    /** What keeps the container's environment from being made, in the kubelet's words; or empty. */
    String refusal(JsonNode container) {
        for (var from : container.path("envFrom")) {
            var reference = from.path("configMapRef");
            if (isNeeded(reference) && lookUp(reference).isEmpty()) {
                return notFound(reference);
            }
        }
        for (var variable : container.path("env")) {
            var reference = variable.at("/valueFrom/configMapKeyRef");
            if (isNeeded(reference)) {
                var key = reference.path("key").asText();
                var map = lookUp(reference);
                if (map.isEmpty()) {
                    return notFound(reference);
                }
                if (!map.get().at("data").has(key)) {
                    return "couldn't find key %s in ConfigMap %s/%s"
                            .formatted(key, pod.namespace(), reference.path("name").asText());
                }
            }
        }
        return "";
    }

    private static boolean isNeeded(JsonNode reference) {
        return !reference.isMissingNode() && !reference.path("optional").asBoolean();
    }

    private Optional<KubeObject> lookUp(JsonNode reference) {
        return actor.find(
                ResourceTypes.CONFIG_MAP, pod.namespace(), reference.path("name").asText());
    }

    private static String notFound(JsonNode reference) {
        return "configmap \"%s\" not found".formatted(reference.path("name").asText());
    }

    private Map<String, String> environment(JsonNode container) {
        var found = new HashMap<String, String>();
        images().find(container.path("image").asText())
                .ifPresent(image -> found.putAll(image.environment()));
        for (var from : container.path("envFrom")) {
            found.putAll(configuration(from.at("/configMapRef/name").asText("")));
        }
        for (var variable : container.path("env")) {
            var name = variable.path("name").asText();
            var reference = variable.at("/valueFrom/configMapKeyRef");
            var value =
                    reference.isMissingNode()
                            ? variable.path("value").asText("")
                            : configuration(reference.path("name").asText())
                                    .getOrDefault(reference.path("key").asText(), "");
            found.put(name, value);
        }
        return found;
    }

    private Map<String, String> files(JsonNode container) {
        var found = new TreeMap<String, String>();
        for (var mount : container.path("volumeMounts")) {
            for (var volume : pod.at("spec", "volumes")) {
                if (volume.path("name").equals(mount.path("name"))) {
                    var folder = mount.path("mountPath").asText() + "/";
                    configuration(volume.at("/configMap/name").asText(""))
                            .forEach((file, text) -> found.put(folder + file, text));
                }
            }
        }
        return found;
    }

    private Map<String, String> configuration(String name) {
        return actor.find(ResourceTypes.CONFIG_MAP, pod.namespace(), name)
                .map(map -> Json.strings(map.at("data")))
                .orElse(Map.of());
    }
}
