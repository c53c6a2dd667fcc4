package dev.kestrel.operator.link;

import dev.kestrel.protocol.wire.v1.Signal;

/** What a signal is worth when not all can be kept, least first. */
enum Value {
    LOG,
    FLOW,
    EVENT,
    STATUS,
    /** Dropped last, and then told again from what the watches hold. */
    INVENTORY;

    static Value of(Signal signal) {
        return switch (signal.getObservationCase()) {
            case LOG_LINE -> LOG;
            case FLOW_SEEN -> FLOW;
            case EVENT_REPORTED -> EVENT;
            case SOURCE_REPORTED, SIGNALS_SHED, OBSERVATION_NOT_SET -> STATUS;
            case OBJECT_SEEN, OBJECT_GONE, SNAPSHOT_BEGUN, SNAPSHOT_COMPLETED -> INVENTORY;
        };
    }

    /** The source that the signal came from, as in its status. */
    static String source(Signal signal) {
        return switch (signal.getObservationCase()) {
            case LOG_LINE -> "logs";
            case FLOW_SEEN -> "flows";
            case EVENT_REPORTED -> "watch/Event";
            case SOURCE_REPORTED, SIGNALS_SHED, OBSERVATION_NOT_SET -> "status";
            case OBJECT_SEEN, OBJECT_GONE, SNAPSHOT_BEGUN, SNAPSHOT_COMPLETED ->
                    "watch/" + kind(signal);
        };
    }

    /** The kind of an inventory signal; empty for any other. */
    static String kind(Signal signal) {
        return switch (signal.getObservationCase()) {
            case OBJECT_SEEN -> signal.getObjectSeen().getRef().getKind();
            case OBJECT_GONE -> signal.getObjectGone().getRef().getKind();
            case SNAPSHOT_BEGUN -> signal.getSnapshotBegun().getKind();
            case SNAPSHOT_COMPLETED -> signal.getSnapshotCompleted().getKind();
            case LOG_LINE,
                    FLOW_SEEN,
                    EVENT_REPORTED,
                    SOURCE_REPORTED,
                    SIGNALS_SHED,
                    OBSERVATION_NOT_SET ->
                    "";
        };
    }
}
