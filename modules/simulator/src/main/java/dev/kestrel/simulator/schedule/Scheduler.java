package dev.kestrel.simulator.schedule;

import dev.kestrel.simulator.control.Actor;
import dev.kestrel.simulator.control.Conditions;
import dev.kestrel.simulator.control.Controller;
import dev.kestrel.simulator.control.Pods;
import dev.kestrel.simulator.event.Occurrence;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.simulator.schedule.NodeRoom.Misfit;
import dev.kestrel.simulator.store.Change;
import dev.kestrel.simulator.write.FieldManager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives each pending pod the node with most room, or says in kube-scheduler's words why none. */
public final class Scheduler implements Controller {
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration FLUSH = Duration.ofMinutes(5);

    private final Actor actor;
    private final Map<String, Parked> parked = new HashMap<>();
    private boolean roomMayHaveChanged;

    /** A pod that did not fit waits until something changes, and at least its back-off. */
    private record Parked(Instant since, Duration backoff) {}

    public Scheduler(Actor actor) {
        this.actor = actor.as("kube-scheduler", Source.of("default-scheduler"));
        actor.store().watch(this::notice);
    }

    /** A node that came or changed, or a pod that went, may make room. */
    private void notice(Change change) {
        var type = change.object().type();
        var node = type.equals(ResourceTypes.NODE) && !onlyHeartbeat(change);
        var gone = type.equals(ResourceTypes.POD) && change.kind() == Change.Kind.DELETED;
        roomMayHaveChanged |= node || gone;
    }

    private static boolean onlyHeartbeat(Change change) {
        return change.kind() == Change.Kind.MODIFIED
                && change.object().at("spec").equals(change.before().at("spec"))
                && change.object()
                        .at("status", "allocatable")
                        .equals(change.before().at("status", "allocatable"))
                && change.object().labels().equals(change.before().labels());
    }

    @Override
    public void reconcile() {
        var pods = actor.list(ResourceTypes.POD);
        var waiting =
                pods.stream()
                        .filter(pod -> pod.text("spec", "nodeName").isEmpty() && !pod.isDeleting())
                        .sorted(Comparator.comparing(KubeObject::created))
                        .toList();
        parked.keySet().retainAll(waiting.stream().map(KubeObject::uid).toList());
        var woken = roomMayHaveChanged;
        roomMayHaveChanged = false;
        for (var pod : waiting) {
            if (isDue(pod, woken)) {
                schedule(pod);
            }
        }
    }

    private boolean isDue(KubeObject pod, boolean woken) {
        var wait = parked.get(pod.uid());
        if (wait == null) {
            return true;
        }
        var now = actor.now();
        var backedOff = !wait.since().plus(wait.backoff()).isAfter(now);
        if (woken && !backedOff) {
            roomMayHaveChanged = true;
        }
        return (woken && backedOff) || !wait.since().plus(FLUSH).isAfter(now);
    }

    private void schedule(KubeObject pod) {
        var rooms = rooms();
        var misfits = new ArrayList<Misfit>();
        var fitting = new ArrayList<NodeRoom>();
        for (var room : rooms) {
            var misfit = room.misfit(pod);
            if (misfit.reasons().isEmpty()) {
                fitting.add(room);
            } else {
                misfits.add(misfit);
            }
        }
        fitting.stream()
                .min(preference(pod))
                .ifPresentOrElse(
                        best -> bind(pod, best.node()),
                        () -> park(pod, FitError.message(rooms.size(), misfits)));
    }

    private List<NodeRoom> rooms() {
        var byNode = new TreeMap<String, List<KubeObject>>();
        for (var pod : actor.list(ResourceTypes.POD)) {
            var phase = pod.text("status", "phase");
            if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                byNode.computeIfAbsent(pod.text("spec", "nodeName"), _ -> new ArrayList<>())
                        .add(pod);
            }
        }
        return actor.list(ResourceTypes.NODE).stream()
                .map(node -> new NodeRoom(node, byNode.getOrDefault(node.name(), List.of())))
                .toList();
    }

    /** Spread the pods of one owner first, then even out what is requested. */
    private static Comparator<NodeRoom> preference(KubeObject pod) {
        var owner = pod.controllerUid();
        return Comparator.<NodeRoom>comparingLong(
                        room ->
                                room.pods().stream()
                                        .filter(other -> other.controllerUid().equals(owner))
                                        .count())
                .thenComparingDouble(room -> (double) room.usedCpu() / room.allocatableCpu())
                .thenComparingDouble(room -> (double) room.usedBytes() / room.allocatableBytes())
                .thenComparing(room -> room.node().name());
    }

    private void bind(KubeObject pod, KubeObject node) {
        parked.remove(pod.uid());
        var by = new FieldManager("kube-scheduler", false, "binding");
        actor.registry()
                .edit(
                        pod.key(),
                        by,
                        tree -> Json.ensure(tree, "spec").put("nodeName", node.name()));
        actor.editStatus(
                pod.key(),
                status -> {
                    Conditions.remove(status, "PodScheduled");
                    var condition = status.withArray("conditions").addObject();
                    condition.put("type", "PodScheduled").put("status", "True");
                    condition.put("lastTransitionTime", Json.time(actor.now()));
                });
        var message =
                "Successfully assigned %s/%s to %s"
                        .formatted(pod.namespace(), pod.name(), node.name());
        record(pod, Occurrence.NORMAL, "Scheduled", message, "Binding");
    }

    private void park(KubeObject pod, String message) {
        var last = parked.get(pod.uid());
        var doubled = last == null ? FIRST_BACKOFF : last.backoff().multipliedBy(2);
        var backoff = doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
        parked.put(pod.uid(), new Parked(actor.now(), backoff));
        record(pod, Occurrence.WARNING, "FailedScheduling", message, "Scheduling");
        if (Pods.condition(pod, "PodScheduled").path("message").asText("").equals(message)) {
            return;
        }
        actor.editStatus(
                pod.key(),
                status -> {
                    var wanted =
                            new Conditions.Wanted(
                                    "PodScheduled", "False", "Unschedulable", message);
                    Conditions.remove(status, "PodScheduled");
                    Conditions.set(status, wanted, actor.now(), List.of());
                });
    }

    private void record(KubeObject pod, String type, String reason, String message, String action) {
        var said = new Occurrence(actor.source(), pod, "", type, reason, message);
        actor.events().recordWithSeries(said, action);
    }
}
