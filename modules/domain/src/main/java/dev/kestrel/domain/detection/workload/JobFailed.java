package dev.kestrel.domain.detection.workload;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.ResourceDetector;
import dev.kestrel.domain.detection.ResourceView;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.symptom.Sample;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A Job gave up; of a CronJob the newest run that ended decides. */
public final class JobFailed {
    private static final String TYPE = "job.failed";

    public static final Detector DETECTOR =
            new ResourceDetector(
                    "job-failed", List.of(TYPE), Set.of("Job", "CronJob"), JobFailed::look);

    private static final Comparator<KubeObject> BY_START =
            Comparator.<KubeObject, String>comparing(job -> started(job))
                    .thenComparing(KubeObject::ref);

    private JobFailed() {}

    private static List<Sample> look(ResourceView view) {
        var runs =
                view.ref().kind().equals("Job")
                        ? Stream.of(view.object())
                        : view.topology().owned(view.ref()).stream();
        return runs.filter(JobFailed::hasEnded)
                .max(BY_START)
                .map(job -> judge(view, job))
                .orElse(List.of());
    }

    /** Written by the API server in one format, in which later times are greater. */
    private static String started(KubeObject job) {
        return job.at("status", "startTime").text(job.at("metadata", "creationTimestamp").text());
    }

    private static boolean hasEnded(KubeObject job) {
        return isTrue(condition(job, "Complete")) || isTrue(condition(job, "Failed"));
    }

    private static List<Sample> judge(ResourceView view, KubeObject job) {
        var failed = condition(job, "Failed");
        if (!isTrue(failed)) {
            return view.good(TYPE);
        }
        var summary = "Job " + job.ref().name() + " gave up";
        var excerpt = failed.at("reason").text() + ": " + failed.at("message").text();
        return view.bad(TYPE, List.of(view.proof(TYPE, summary, excerpt)));
    }

    private static Fields condition(KubeObject job, String type) {
        return job.at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type))
                .findFirst()
                .orElse(Fields.ABSENT);
    }

    private static boolean isTrue(Fields condition) {
        return condition.at("status").text().equals("True");
    }
}
