package dev.kestrel.domain.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen. Adding a kind here makes the compiler name every place that must decide about it.
 */
public sealed interface Observation {
    /** An object as it is now. */
    record ObjectSeen(KubeObject object) implements Observation {}

    /** An object was deleted. */
    record ObjectGone(ResourceRef ref, String uid) implements Observation {}

    /**
     * All objects of a kind follow; what is not among them by {@link SnapshotCompleted} is gone.
     */
    record SnapshotBegun(String kind) implements Observation {}

    /**
     * The snapshot that {@link SnapshotBegun} announced is whole.
     *
     * @param count objects of the kind seen since {@link SnapshotBegun}
     */
    record SnapshotCompleted(String kind, long count) implements Observation {}

    /**
     * A Kubernetes Event. Lossy: presence says something, absence and count do not.
     *
     * @param fieldPath for example {@code spec.containers{app}}; may be empty
     * @param warning true for type {@code Warning}
     * @param reporter component, for example {@code kubelet}
     */
    record EventReported(
            ResourceRef about,
            String aboutUid,
            String fieldPath,
            boolean warning,
            String reason,
            String message,
            int count,
            Instant firstAt,
            Instant lastAt,
            String reporter)
            implements Observation {}

    /**
     * One redacted line of a container's log.
     *
     * @param pod the pod's ref
     * @param previous from the container's previous run
     */
    record LogLine(ResourceRef pod, String container, boolean previous, String text)
            implements Observation {}

    /**
     * How a telemetry source is doing.
     *
     * @param source for example {@code watch/Pod} or {@code logs}
     * @param staleness since the source was last known to be current
     */
    record SourceReported(String source, SourceState state, Duration staleness, String detail)
            implements Observation {}

    /**
     * Signals that were dropped before they could be sent.
     *
     * @param reason {@code spool_full}, {@code rate_limit} or {@code too_large}
     */
    record SignalsShed(String source, long count, String reason) implements Observation {}

    /**
     * Packets between two ends, counted together for a short time. Whoever tells them may leave out
     * what passes and tell only what does not.
     *
     * @param protocol {@code TCP}, {@code UDP}, {@code SCTP} or another in capitals
     * @param port at the destination; 0 for a protocol without ports
     * @param direction where they were looked at
     * @param reason why they were dropped, in the words of whoever did; empty where they passed
     * @param policies those that the source names for it; a default deny names none
     * @param count packets, at least 1
     */
    record FlowSeen(
            FlowEnd from,
            FlowEnd to,
            String protocol,
            int port,
            Direction direction,
            FlowVerdict verdict,
            String reason,
            List<ResourceRef> policies,
            long count,
            Instant firstAt,
            Instant lastAt)
            implements Observation {
        public FlowSeen {
            policies = List.copyOf(policies);
        }
    }

    /**
     * One end of a flow.
     *
     * @param namespace of the pod; empty where the end is no pod
     * @param pod empty where the end is no pod
     * @param address may be empty
     */
    record FlowEnd(String namespace, String pod, String address) {
        /** The pod, where it is one. */
        public Optional<ResourceRef> ref() {
            return pod.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ResourceRef("Pod", namespace, pod));
        }

        @Override
        public String toString() {
            return pod.isEmpty() ? address : "pod " + namespace + "/" + pod;
        }
    }

    /** What became of a flow. */
    enum FlowVerdict {
        FORWARDED,
        /** Dropped because no policy allows it, or because one denies it. */
        DENIED,
        /** Dropped for another reason. */
        DROPPED
    }

    /** The state of a telemetry source. */
    enum SourceState {
        /** Not present or not permitted in this cluster: expected. */
        ABSENT,
        STARTING,
        LIVE,
        /** Behind or failing: its silence means nothing. */
        STALE
    }
}
