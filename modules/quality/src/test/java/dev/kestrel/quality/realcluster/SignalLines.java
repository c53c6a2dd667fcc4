package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.domain.signal.Direction;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Turns an object into the lines a person would read from it. A line is what the object says about
 * one thing, with its reason and message; the first words of the line say which thing.
 */
final class SignalLines {

    private SignalLines() {}

    static List<String> of(JsonNode object) {
        var kind = object.path("kind").asText();
        return switch (kind) {
            case "Pod" -> pod(object);
            case "Event" -> List.of(event(object));
            case "Deployment", "ReplicaSet" -> workload(object);
            case "EndpointSlice" -> List.of(endpoints(object));
            default -> throw new IllegalArgumentException("no signals are read from a " + kind);
        };
    }

    static String log(String container, String line) {
        return words("log", container, Normal.text(line));
    }

    /** A denied packet as the network tells it; of several alike one line is left. */
    static String flow(String from, String to, String protocol, int port, Direction direction) {
        return words(
                "flow",
                Normal.text(from),
                "to",
                Normal.text(to),
                protocol,
                String.valueOf(port),
                "denied on",
                direction.name());
    }

    private static List<String> pod(JsonNode pod) {
        var name = name(pod);
        var lines = new ArrayList<String>();
        lines.add(words("pod", name, "phase", text(pod, "/status/phase")));
        if (pod.at("/metadata").has("deletionTimestamp")) {
            lines.add(words("pod", name, "is being deleted"));
        }
        lines.addAll(conditions("pod", pod));
        for (var container : pod.at("/status/containerStatuses")) {
            var subject = words("pod", name, "container", text(container, "/name"));
            lines.addAll(state(subject, container.path("state"), ready(container)));
            lines.addAll(state(words(subject, "last"), container.path("lastState"), ""));
        }
        return lines;
    }

    private static String ready(JsonNode container) {
        return container.path("ready").asBoolean() ? "ready" : "not ready";
    }

    /** A state is one of running, waiting and terminated, named by the only field it has. */
    private static List<String> state(String subject, JsonNode state, String ready) {
        var lines = new ArrayList<String>();
        for (var each : state.properties()) {
            var is = each.getValue();
            var exit = is.has("exitCode") ? "exit " + is.get("exitCode").asInt() : "";
            var running = each.getKey().equals("running") ? ready : "";
            lines.add(
                    words(subject, each.getKey(), text(is, "/reason"), exit, running, message(is)));
        }
        return lines;
    }

    private static List<String> workload(JsonNode workload) {
        var subject =
                workload.path("kind").asText().equals("Deployment") ? "deployment" : "replicaset";
        var lines = new ArrayList<String>();
        var status = workload.path("status");
        lines.add(
                "%s %s wants %d has %d ready %d available %d"
                        .formatted(
                                subject,
                                name(workload),
                                workload.at("/spec/replicas").asInt(),
                                status.path("replicas").asInt(),
                                status.path("readyReplicas").asInt(),
                                status.path("availableReplicas").asInt()));
        lines.addAll(conditions(subject, workload));
        return lines;
    }

    private static List<String> conditions(String subject, JsonNode object) {
        var lines = new ArrayList<String>();
        for (var condition : object.at("/status/conditions")) {
            var says = text(condition, "/type") + "=" + text(condition, "/status");
            lines.add(
                    words(
                            subject,
                            name(object),
                            "condition",
                            says,
                            text(condition, "/reason"),
                            message(condition)));
        }
        return lines;
    }

    private static String event(JsonNode event) {
        return words(
                "event",
                text(event, "/involvedObject/kind"),
                Normal.text(text(event, "/involvedObject/name")),
                text(event, "/involvedObject/fieldPath"),
                text(event, "/type"),
                text(event, "/reason"),
                "from " + component(event),
                message(event));
    }

    /** The scheduler writes the newer kind of event, which leaves the older field empty. */
    private static String component(JsonNode event) {
        var source = text(event, "/source/component");
        return source.isEmpty() ? text(event, "/reportingComponent") + " (no source)" : source;
    }

    private static String endpoints(JsonNode slice) {
        int ready = 0;
        int others = 0;
        for (var endpoint : slice.path("endpoints")) {
            if (endpoint.at("/conditions/ready").asBoolean()) {
                ready++;
            } else {
                others++;
            }
        }
        var service = slice.at("/metadata/labels").path("kubernetes.io/service-name").asText();
        return "endpointslice of service %s ready %d not ready %d"
                .formatted(service, ready, others);
    }

    private static String name(JsonNode object) {
        return Normal.text(text(object, "/metadata/name"));
    }

    private static String message(JsonNode object) {
        var message = Normal.text(text(object, "/message"));
        return message.isEmpty() ? "" : ": " + message;
    }

    private static String text(JsonNode object, String at) {
        return object.at(at).asText();
    }

    private static String words(String... words) {
        var line = new StringJoiner(" ");
        for (var word : words) {
            if (!word.isEmpty()) {
                line.add(word);
            }
        }
        return line.toString().replace(" : ", ": ");
    }
}
