package dev.kestrel.simulator.control;

import dev.kestrel.simulator.event.Source;
import dev.kestrel.simulator.resource.Json;
import dev.kestrel.simulator.resource.KubeObject;
import dev.kestrel.simulator.resource.ResourceTypes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** Starts a Job whenever a CronJob's schedule says so, and clears old ones away. */
public final class CronJobController implements Controller {
    private final Actor actor;

    public CronJobController(Actor actor) {
        this.actor = actor.as("kube-controller-manager", Source.of("cronjob-controller"));
    }

    @Override
    public void reconcile() {
        for (var cron : actor.list(ResourceTypes.CRON_JOB)) {
            if (!cron.isDeleting()) {
                follow(cron);
                start(cron);
            }
        }
    }

    private void start(KubeObject cron) {
        var minute = actor.now().truncatedTo(ChronoUnit.MINUTES);
        var last = cron.text("status", "lastScheduleTime");
        var since = last.isEmpty() ? cron.created() : Instant.parse(last);
        if (cron.at("spec", "suspend").asBoolean()
                || !minute.isAfter(since)
                || !Schedule.parse(cron.text("spec", "schedule")).includes(minute)) {
            return;
        }
        var running = cron.at("status", "active");
        var policy = cron.text("spec", "concurrencyPolicy");
        if (!running.isEmpty() && policy.equals("Forbid")) {
            return;
        }
        var name = cron.name() + "-" + minute.getEpochSecond() / 60;
        var job = Json.object();
        var metadata = job.putObject("metadata").put("name", name);
        metadata.put("namespace", cron.namespace());
        Json.ensure(metadata, "annotations")
                .put("batch.kubernetes.io/cronjob-scheduled-timestamp", minute.toString());
        Pods.own(metadata, cron);
        job.set("spec", cron.at("spec", "jobTemplate", "spec").deepCopy());
        var made = actor.create(ResourceTypes.JOB, job);
        actor.normal(cron, "SuccessfulCreate", "Created job " + name);
        actor.editStatus(
                cron.key(),
                status -> {
                    status.put("lastScheduleTime", Json.time(minute));
                    var entry = status.withArray("active").addObject();
                    entry.put("apiVersion", "batch/v1").put("kind", "Job").put("name", name);
                    entry.put("namespace", cron.namespace()).put("uid", made.uid());
                });
    }

    private void follow(KubeObject cron) {
        var jobs = actor.owned(ResourceTypes.JOB, cron);
        for (var job : jobs) {
            var listed =
                    Json.items(cron.at("status", "active")).stream()
                            .anyMatch(entry -> entry.path("uid").asText().equals(job.uid()));
            if (listed && JobController.isFinished(job)) {
                finish(cron, job);
            }
        }
        clear(cron, jobs, "Complete", cron.number("spec", "successfulJobsHistoryLimit"));
        clear(cron, jobs, "Failed", cron.number("spec", "failedJobsHistoryLimit"));
    }

    private void finish(KubeObject cron, KubeObject job) {
        var good = !job.text("status", "completionTime").isEmpty();
        actor.normal(
                cron,
                "SawCompletedJob",
                "Saw completed job: %s, condition: %s"
                        .formatted(job.name(), good ? "Complete" : "Failed"));
        actor.editStatus(
                cron.key(),
                status -> {
                    var active = status.withArray("active");
                    for (int i = active.size() - 1; i >= 0; i--) {
                        if (active.get(i).path("uid").asText().equals(job.uid())) {
                            active.remove(i);
                        }
                    }
                    if (active.isEmpty()) {
                        status.remove("active");
                    }
                    if (good) {
                        status.put("lastSuccessfulTime", job.text("status", "completionTime"));
                    }
                });
    }

    private void clear(KubeObject cron, List<KubeObject> jobs, String condition, int limit) {
        var done =
                jobs.stream()
                        .filter(job -> !Pods.condition(job, condition).isMissingNode())
                        .sorted(Comparator.comparing(KubeObject::created))
                        .toList();
        done.stream()
                .limit(Math.max(0, done.size() - limit))
                .forEach(
                        job -> {
                            actor.delete(job);
                            actor.normal(cron, "SuccessfulDelete", "Deleted job " + job.name());
                        });
    }
}
