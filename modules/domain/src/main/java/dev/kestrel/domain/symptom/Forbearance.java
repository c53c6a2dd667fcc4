package dev.kestrel.domain.symptom;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.topology.Edge;
import dev.kestrel.domain.topology.PodTemplate;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides until when a symptom may be healthy churn: pods that just start, and rollouts that keep
 * enough of them available. Most false incidents of a cluster that is well end here.
 */
final class Forbearance {
    /** A container that waits for one of these is on its way; for anything else it is stuck. */
    private static final Set<String> ON_ITS_WAY =
            Set.of("", "ContainerCreating", "PodInitializing");

    private final Topology topology;
    private final Startups startups;

    Forbearance(Topology topology, Startups startups) {
        this.topology = topology;
        this.startups = startups;
    }

    /** Until when a symptom that began at its onset may still be excused. */
    Instant until(Life life, Windows windows, Instant at) {
        var plain = life.onsetLatest.plus(windows.pend());
        if (windows.patience() != Windows.Patience.STARTING) {
            return plain;
        }
        return workloads(life.key.about())
                .map(workload -> excused(workload, life, plain, at))
                .min(Instant::compareTo)
                .orElse(plain);
    }

    private Stream<ResourceRef> workloads(ResourceRef about) {
        return about.kind().equals("Service")
                ? topology.from(about, Relation.SELECTS).stream().map(Edge::to)
                : Stream.of(about);
    }

    private Instant excused(ResourceRef workload, Life life, Instant plain, Instant at) {
        var object = topology.find(workload);
        var allowance = allowance(workload, object);
        var latest = life.onsetLatest.plus(allowance);
        if (object.filter(Rollout::isHealthy).isPresent()) {
            return later(plain, latest);
        }
        var started =
                concerned(workload, life).stream()
                        .filter(pod -> isStarting(pod, at, allowance))
                        .map(pod -> created(pod).plus(allowance))
                        .toList();
        var concerned = concerned(workload, life).size();
        if (started.isEmpty() || started.size() < concerned) {
            return plain;
        }
        var ready = started.stream().max(Instant::compareTo).orElse(plain);
        return later(plain, ready.isBefore(latest) ? ready : latest);
    }

    /** The pods that show it; all of the workload's for a symptom of the whole. */
    private List<KubeObject> concerned(ResourceRef workload, Life life) {
        var shown =
                life.bad.keySet().stream()
                        .filter(instance -> instance.kind().equals("Pod"))
                        .flatMap(instance -> topology.find(instance).stream())
                        .toList();
        return shown.isEmpty() ? topology.instances(workload) : shown;
    }

    private Duration allowance(ResourceRef workload, Optional<KubeObject> object) {
        var learnt = startups.allowance(workload);
        var declared =
                object.flatMap(PodTemplate::of).stream()
                        .flatMap(template -> template.spec().at("containers").items().stream())
                        .map(Forbearance::declared)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        var deadline =
                object.map(workloadObject -> workloadObject.at("spec", "progressDeadlineSeconds"))
                        .map(seconds -> Duration.ofSeconds(seconds.number(600)))
                        .orElse(SymptomDefaults.PROGRESS_DEADLINE);
        var longest = learnt.compareTo(declared) > 0 ? learnt : declared;
        return longest.compareTo(deadline) < 0 ? longest : deadline;
    }

    /** How long the probes themselves allow a container to start. */
    private static Duration declared(Fields container) {
        var startup = container.at("startupProbe");
        var attempts =
                startup.isPresent()
                        ? startup.at("initialDelaySeconds").number(0)
                                + startup.at("periodSeconds").number(10)
                                        * startup.at("failureThreshold").number(3)
                        : 0;
        var readiness = container.at("readinessProbe", "initialDelaySeconds").number(0);
        return Duration.ofSeconds(attempts + readiness).plus(SymptomDefaults.STARTUP_FLOOR);
    }

    private static boolean isStarting(KubeObject pod, Instant at, Duration allowance) {
        return !created(pod).plus(allowance).isBefore(at)
                && conditions(pod, "PodScheduled").noneMatch(Forbearance::isFalse)
                && Stream.of("initContainerStatuses", "containerStatuses")
                        .flatMap(list -> pod.at("status", list).items().stream())
                        .allMatch(Forbearance::isOnItsWay);
    }

    private static boolean isOnItsWay(Fields status) {
        return status.at("restartCount").number(0) == 0
                && status.at("state", "terminated", "exitCode").number(0) == 0
                && ON_ITS_WAY.contains(status.at("state", "waiting", "reason").text());
    }

    private static Stream<Fields> conditions(KubeObject pod, String type) {
        return pod.at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type));
    }

    private static boolean isFalse(Fields condition) {
        return condition.at("status").text().equals("False");
    }

    private static Instant created(KubeObject pod) {
        return Times.read(pod.at("metadata", "creationTimestamp")).orElse(Instant.EPOCH);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
