package dev.kestrel.domain.signal;

import java.time.Duration;
import java.time.Instant;

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
