package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.Optional;

/**
 * An event about a pod that is there and not leaving.
 *
 * @param at when it last happened
 */
public record EventView(PodView pod, String reason, String message, Instant at) {
    /** Reads the signal; empty when it is no such event. */
    public static Optional<EventView> onPod(Signal signal, Topology topology) {
        if (!(signal.observation() instanceof Observation.EventReported event)) {
            return Optional.empty();
        }
        // An event about an earlier pod of the same name says nothing of this one.
        return topology.find(event.about())
                .filter(pod -> pod.ref().kind().equals("Pod"))
                .filter(pod -> event.aboutUid().isEmpty() || pod.uid().equals(event.aboutUid()))
                .map(pod -> PodView.of(pod, signal.observedAt(), topology))
                .filter(pod -> !pod.isLeaving())
                .map(
                        pod ->
                                new EventView(
                                        pod,
                                        event.reason(),
                                        event.message(),
                                        happened(event, signal)));
    }

    private static Instant happened(Observation.EventReported event, Signal signal) {
        return event.lastAt().isAfter(signal.observedAt()) ? signal.observedAt() : event.lastAt();
    }

    public Evidence proof(String type, String summary) {
        return Proof.of(
                type,
                pod.object().ref(),
                at,
                Evidence.Origin.EVENT,
                summary,
                reason + ": " + message);
    }
}
