package dev.kestrel.domain.scenario;

import java.time.Instant;

/** States of pods under short names, with the fields and words that a real kubelet writes. */
final class Shorthands {
    private static final String APP = "status.containerStatuses[app].";

    private Shorthands() {}

    static void apply(String name, Tree pod, Instant now) {
        switch (name) {
            case "ready" -> ready(pod, now);
            case "starting" -> starting(pod, now);
            case "not-ready" -> notReady(pod, now);
            case "oom-killed" -> killed(pod, now);
            case "crash-looping" -> crashLooping(pod, now);
            case "crashed" -> crashed(pod, now);
            case "leaving" -> pod.set("metadata.deletionTimestamp", now.toString());
            case "unscheduled" -> unscheduled(pod, now);
            default -> throw new IllegalArgumentException("no such state of a pod: " + name);
        }
    }

    private static void ready(Tree pod, Instant now) {
        pod.set("status.phase", "Running")
                .set(APP + "restartCount", 0L)
                .set(APP + "image", "workload:v1")
                .set(APP + "state", Json.read("{running: {startedAt: x}}"))
                .set(APP + "ready", true);
        condition(pod, "PodScheduled", "True", now);
        condition(pod, "Ready", "True", now);
    }

    private static void starting(Tree pod, Instant now) {
        pod.set("status.phase", "Pending")
                .set(APP + "restartCount", 0L)
                .set(APP + "lastState", Json.NOTHING)
                .set(APP + "state", Json.read("{waiting: {reason: ContainerCreating}}"))
                .set(APP + "ready", false);
        condition(pod, "PodScheduled", "True", now);
        condition(pod, "Ready", "False", now);
        pod.set("status.conditions[Ready].reason", "ContainersNotReady");
    }

    private static void notReady(Tree pod, Instant now) {
        condition(pod, "Ready", "False", now);
        pod.set("status.conditions[Ready].reason", "ContainersNotReady")
                .set("status.conditions[Ready].message", "containers with unready status: [app]")
                .set(APP + "ready", false);
    }

    private static void killed(Tree pod, Instant now) {
        notReady(pod, now);
        pod.set(
                APP + "state",
                Json.read(
                        "{terminated: {reason: OOMKilled, exitCode: 137, finishedAt: \"%s\"}}"
                                .formatted(now)));
    }

    private static void crashed(Tree pod, Instant now) {
        notReady(pod, now);
        pod.set(
                APP + "state",
                Json.read(
                        "{terminated: {reason: Error, exitCode: 1, finishedAt: \"%s\"}}"
                                .formatted(now)));
    }

    private static void crashLooping(Tree pod, Instant now) {
        notReady(pod, now);
        pod.move(APP + "state", APP + "lastState")
                .set(APP + "restartCount", 2L)
                .set(
                        APP + "state",
                        Json.read(
                                "{waiting: {reason: CrashLoopBackOff, message: \"back-off 20s"
                                        + " restarting failed container\"}}"));
    }

    private static void unscheduled(Tree pod, Instant now) {
        pod.set("status", new java.util.TreeMap<String, Object>())
                .set("spec.nodeName", Json.NOTHING)
                .set("status.phase", "Pending");
        condition(pod, "PodScheduled", "False", now);
        pod.set("status.conditions[PodScheduled].reason", "Unschedulable");
    }

    private static void condition(Tree pod, String type, String status, Instant now) {
        pod.set("status.conditions[" + type + "].status", status)
                .set("status.conditions[" + type + "].lastTransitionTime", now.toString());
    }
}
