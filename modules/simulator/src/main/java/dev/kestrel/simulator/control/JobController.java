package dev.kestrel.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.kestrel.simulator.control.Conditions.Wanted;
import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs each Job's pods until enough have succeeded, or too many have failed. */
public final class JobController implements Controller {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final List<String> PROBED = List.of("lastProbeTime");

    private final Actor actor;

    public JobController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("job-controller"));
    }

    @Override
    public void reconcile() {
        for (var job : actor.list(ResourceTypes.JOB)) {
            if (!job.isDeleting() && !isFinished(job)) {
                reconcile(job);
            }
        }
    }

    static boolean isFinished(KubeObject job) {
        return List.of("Complete", "Failed").stream()
                .anyMatch(
                        type -> Pods.condition(job, type).path("status").asText("").equals("True"));
    }

    private void reconcile(KubeObject job) {
        var pods = actor.owned(ResourceTypes.POD, job);
        long succeeded = count(pods, "Succeeded");
        long failed = count(pods, "Failed");
        var active = pods.stream().filter(Pods::isActive).toList();
        int completions = job.number("spec", "completions");
        if (failed > job.number("spec", "backoffLimit")) {
            active.forEach(actor::delete);
            fail(job);
        } else if (succeeded >= completions) {
            complete(job);
        } else if (!job.at("spec", "suspend").asBoolean() && isTime(pods, failed)) {
            long room =
                    Math.min(job.number("spec", "parallelism"), completions - succeeded)
                            - active.size();
            for (long i = 0; i < room; i++) {
                var pod = Pods.of(job, job.at("spec", "template"));
                ((ObjectNode) pod.path("metadata")).put("generateName", job.name() + "-");
                var _ = Pods.create(actor, job, pod);
            }
        }
        report(job);
    }

    private static long count(List<KubeObject> pods, String phase) {
        return pods.stream().filter(pod -> pod.text("status", "phase").equals(phase)).count();
    }

    /** After a failure the next pod waits, longer each time. */
    private boolean isTime(List<KubeObject> pods, long failed) {
        if (failed == 0) {
            return true;
        }
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(failed - 1, 10));
        var bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return pods.stream()
                .filter(pod -> pod.text("status", "phase").equals("Failed"))
                .map(JobController::finished)
                .allMatch(end -> !end.plus(bounded).isAfter(actor.now()));
    }

    private static Instant finished(KubeObject pod) {
        var ready = Pods.condition(pod, "Ready").path("lastTransitionTime").asText("");
        return ready.isEmpty() ? pod.created() : Instant.parse(ready);
    }

    private void complete(KubeObject job) {
        var text = "Reached expected number of succeeded pods";
        actor.editStatus(
                job.key(),
                status -> {
                    set(status, "SuccessCriteriaMet", "CompletionsReached", text);
                    set(status, "Complete", "CompletionsReached", text);
                    status.put("completionTime", Json.time(actor.now()));
                });
        actor.normal(job, "Completed", "Job completed");
    }

    private void fail(KubeObject job) {
        var text = "Job has reached the specified backoff limit";
        actor.editStatus(
                job.key(),
                status -> {
                    set(status, "FailureTarget", "BackoffLimitExceeded", text);
                    set(status, "Failed", "BackoffLimitExceeded", text);
                });
        actor.warning(job, "BackoffLimitExceeded", text);
    }

    private void set(ObjectNode status, String type, String reason, String message) {
        Conditions.set(status, new Wanted(type, "True", reason, message), actor.now(), PROBED);
    }

    private void report(KubeObject job) {
        var pods = actor.owned(ResourceTypes.POD, job);
        long active = pods.stream().filter(Pods::isActive).count();
        actor.editStatus(
                job.key(),
                status -> {
                    if (!status.has("startTime")) {
                        status.put("startTime", Json.time(actor.now()));
                    }
                    ReplicaSetController.count(status, "active", active);
                    ReplicaSetController.count(status, "succeeded", count(pods, "Succeeded"));
                    ReplicaSetController.count(status, "failed", count(pods, "Failed"));
                    status.put("ready", pods.stream().filter(Pods::isReady).count());
                    status.put("terminating", 0);
                    Json.ensure(status, "uncountedTerminatedPods");
                });
    }
}
