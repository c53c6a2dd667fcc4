package dev.kestrel.simulator.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.node.ContainerRun.End;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;

import java.time.Instant;
import java.util.List;

/** Writes what a kubelet reports of a pod into its status. */
final class PodReport {
    private final PodWorker worker;
    private final String hostAddress;
    private final Instant now;

    PodReport(PodWorker worker, String hostAddress, Instant now) {
        this.worker = worker;
        this.hostAddress = hostAddress;
        this.now = now;
    }

    void write(ObjectNode status) {
        var pod = worker.context().pod();
        status.put("observedGeneration", pod.generation());
        status.put("phase", phase(pod));
        if (!worker.evicted().isEmpty()) {
            status.put("reason", "Evicted").put("message", worker.evicted());
        }
        status.put("hostIP", hostAddress);
        status.putArray("hostIPs").addObject().put("ip", hostAddress);
        if (!worker.context().address().isEmpty()) {
            status.put("podIP", worker.context().address());
            status.putArray("podIPs").addObject().put("ip", worker.context().address());
        }
        status.put("startTime", Json.time(worker.seen()));
        conditions(status);
        containers(status, "initContainerStatuses", worker.inits(), true);
        containers(status, "containerStatuses", worker.mains(), worker.isInitialised());
    }

    private String phase(KubeObject pod) {
        if (!worker.evicted().isEmpty()) {
            return "Failed";
        }
        var mains = worker.mains();
        var never = pod.text("spec", "restartPolicy").equals("Never");
        var dead = worker.inits().stream().anyMatch(c -> never && c.isOver() && exitCode(c) != 0);
        if (dead) {
            return "Failed";
        }
        if (!worker.isInitialised() || mains.stream().noneMatch(ContainerWorker::hasStarted)) {
            return "Pending";
        }
        if (mains.stream().allMatch(ContainerWorker::isOver)) {
            return mains.stream().allMatch(main -> exitCode(main) == 0) ? "Succeeded" : "Failed";
        }
        return mains.stream().allMatch(ContainerWorker::hasStarted) ? "Running" : "Pending";
    }

    private static int exitCode(ContainerWorker container) {
        return container.last().map(End::exitCode).orElse(0);
    }

    private void conditions(ObjectNode status) {
        var old = status.path("conditions").deepCopy();
        var list = Json.array();
        var over = List.of("Succeeded", "Failed").contains(status.path("phase").asText());
        var unready =
                worker.mains().stream()
                        .filter(c -> !isReady(c))
                        .map(ContainerWorker::name)
                        .toList();
        var why = over ? "PodCompleted" : unready.isEmpty() ? "" : "ContainersNotReady";
        var message =
                over || unready.isEmpty()
                        ? ""
                        : "containers with unready status: [%s]"
                                .formatted(String.join(" ", unready));
        add(list, old, "PodReadyToStartContainers", worker.hasSandbox() && !over, "", "");
        var done = worker.isInitialised();
        var missing = worker.inits().stream().map(ContainerWorker::name).toList();
        add(
                list,
                old,
                "Initialized",
                done,
                done ? (over ? "PodCompleted" : "") : "ContainersNotInitialized",
                done
                        ? ""
                        : "containers with incomplete status: [%s]"
                                .formatted(String.join(" ", missing)));
        var ready = unready.isEmpty() && !over;
        add(list, old, "Ready", ready, why, message);
        add(list, old, "ContainersReady", ready, why, message);
        add(list, old, "PodScheduled", true, "", "");
        if (!worker.evicted().isEmpty()) {
            add(list, old, "DisruptionTarget", true, "TerminationByKubelet", worker.evicted());
        }
        status.set("conditions", list);
    }

    private void add(
            ArrayNode list, JsonNode old, String type, boolean holds, String why, String message) {
        var text = holds ? "True" : "False";
        var since = Json.time(now);
        for (var before : old) {
            var same = before.path("status").asText().equals(text);
            if (before.path("type").asText().equals(type) && same) {
                since = before.path("lastTransitionTime").asText();
            }
        }
        var condition = list.addObject();
        condition.putNull("lastProbeTime").put("lastTransitionTime", since);
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        condition.put("observedGeneration", worker.context().pod().generation());
        if (!why.isEmpty()) {
            condition.put("reason", why);
        }
        condition.put("status", text).put("type", type);
    }

    private static boolean isReady(ContainerWorker container) {
        return container.running().map(ContainerRun::isReady).orElse(false);
    }

    private void containers(
            ObjectNode status, String field, List<ContainerWorker> workers, boolean begun) {
        if (workers.isEmpty()) {
            return;
        }
        var list = status.putArray(field);
        for (var container : workers) {
            container(list.addObject(), container, begun);
        }
    }

    private void container(ObjectNode node, ContainerWorker container, boolean begun) {
        var spec = container.spec();
        var image = spec.path("image").asText();
        if (spec.path("resources").has("requests")) {
            node.set("allocatedResources", spec.at("/resources/requests").deepCopy());
        }
        container.running().ifPresent(run -> node.put("containerID", run.id()));
        if (container.running().isEmpty()) {
            container.last().ifPresent(end -> node.put("containerID", end.id()));
        }
        var started = container.hasStarted();
        node.put("image", started ? ImageStore.qualified(image) : image);
        node.put(
                "imageID", started ? ImageStore.qualified(image) + "@sha256:" + digest(image) : "");
        node.put("name", container.name());
        lastState(node.putObject("lastState"), container);
        var init = worker.inits().contains(container);
        node.put("ready", init ? container.isOver() : isReady(container));
        if (!spec.path("resources").isEmpty()) {
            node.set("resources", spec.path("resources").deepCopy());
        }
        node.put("restartCount", container.restartCount());
        node.put("started", container.running().map(ContainerRun::isStarted).orElse(false));
        state(node.putObject("state"), container, begun);
    }

    private static String digest(String image) {
        return String.format(
                        java.util.Locale.ROOT,
                        "%016x",
                        (long) image.hashCode() * 0x9E3779B97F4A7C15L)
                .repeat(4);
    }

    private static void state(ObjectNode state, ContainerWorker container, boolean begun) {
        var run = container.running();
        if (run.isPresent()) {
            state.putObject("running").put("startedAt", Json.time(run.get().started()));
        } else if (container.isWaiting()) {
            var waiting = state.putObject("waiting");
            if (!container.waitingMessage().isEmpty()) {
                waiting.put("message", container.waitingMessage());
            }
            waiting.put("reason", begun ? container.waitingReason() : "PodInitializing");
        } else {
            container.last().ifPresent(end -> terminated(state, end));
        }
    }

    private static void lastState(ObjectNode state, ContainerWorker container) {
        var ended = container.running().isPresent() || container.isWaiting();
        var end = ended ? container.last() : container.beforeLast();
        end.ifPresent(shown -> terminated(state, shown));
    }

    private static void terminated(ObjectNode state, End end) {
        var node = state.putObject("terminated");
        node.put("containerID", end.id()).put("exitCode", end.exitCode());
        node.put("finishedAt", Json.time(end.finished())).put("reason", end.reason());
        node.put("startedAt", Json.time(end.started()));
    }
}
