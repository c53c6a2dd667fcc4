package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod as detectors look at it, and the samples they can make of it.
 *
 * @param workload its logical resource
 * @param at when it was seen so
 */
public record PodView(KubeObject object, ResourceRef workload, Instant at, Topology topology) {
    /** A pod as the topology knows it. */
    public static PodView of(KubeObject pod, Instant at, Topology topology) {
        return new PodView(pod, topology.logical(pod.ref()), at, topology);
    }

    /** The pod that a signal is about, if it is one that was seen. */
    static Optional<PodView> seen(Signal signal, Topology topology) {
        return signal.observation() instanceof Observation.ObjectSeen(var object)
                        && object.ref().kind().equals("Pod")
                ? Optional.of(of(object, signal.observedAt(), topology))
                : Optional.empty();
    }

    /** The status of one container, of whatever sort. */
    public record Container(String name, Fields status) {
        public String waiting() {
            return status.at("state", "waiting", "reason").text();
        }

        public boolean isRunning() {
            return status.at("state", "running").isPresent();
        }

        /** Its image is there: it got beyond pulling, now or in an earlier run. */
        public boolean hasImage() {
            return isRunning() || status.at("state", "terminated").isPresent();
        }

        public boolean hasCompleted() {
            var ended = status.at("state", "terminated");
            return ended.isPresent() && ended.at("exitCode").number(-1) == 0;
        }
    }

    public String name() {
        return object.ref().name();
    }

    /** Being deleted, or done. */
    public boolean isLeaving() {
        return object.at("metadata", "deletionTimestamp").isPresent()
                || phase().equals("Succeeded");
    }

    public String phase() {
        return object.at("status", "phase").text();
    }

    /** Runs to an end rather than for ever. */
    public boolean isOfJob() {
        return switch (workload.kind()) {
            case "Job", "CronJob" -> true;
            default -> false;
        };
    }

    /** Containers in the order they start. */
    public List<Container> containers() {
        var all = new ArrayList<Container>();
        for (var sort : List.of("initContainerStatuses", "containerStatuses")) {
            for (var status : object.at("status", sort).items()) {
                all.add(new Container(status.at("name").text(), status));
            }
        }
        return all;
    }

    /** A condition of the status; absent where there is none. */
    public Fields condition(String type) {
        return object.at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type))
                .findFirst()
                .orElse(Fields.ABSENT);
    }

    /** The hash of the template it was made from; empty for a pod without one. */
    public String template() {
        var labels = object.at("metadata", "labels");
        return labels.at("pod-template-hash").text(labels.at("controller-revision-hash").text());
    }

    public Sample good(String type) {
        return good(type, Stage.NONE);
    }

    /** A clearing sample that also proves which stage the pod reached. */
    public Sample good(String type, Stage reached) {
        return sample(type, at, false, Sample.Kind.LEVEL, reached, List.of());
    }

    /** A raising sample of a state that holds. */
    public Sample bad(String type, Stage stage, List<Evidence> evidence) {
        return sample(type, at, true, Sample.Kind.LEVEL, stage, evidence);
    }

    /** A raising sample of something that happened. */
    public Sample happened(String type, Instant when, Stage stage, List<Evidence> evidence) {
        return sample(type, when, true, Sample.Kind.EDGE, stage, evidence);
    }

    private Sample sample(
            String type,
            Instant when,
            boolean bad,
            Sample.Kind kind,
            Stage stage,
            List<Evidence> evidence) {
        var key = new SymptomKey(type, workload);
        return new Sample(key, object.ref(), when, bad, kind, stage, template(), evidence);
    }

    /** Evidence from the pod's own state. */
    public Evidence proof(String type, Instant when, String summary, String excerpt) {
        return Proof.of(type, object.ref(), when, Evidence.Origin.OBJECT, summary, excerpt);
    }
}
