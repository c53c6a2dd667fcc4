package dev.kestrel.protocol;

import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.EventReported;
import dev.kestrel.protocol.wire.v1.FieldManager;
import dev.kestrel.protocol.wire.v1.LogLine;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SignalsShed;
import dev.kestrel.protocol.wire.v1.SnapshotCompleted;
import dev.kestrel.protocol.wire.v1.SourceReported;
import dev.kestrel.protocol.wire.v1.SourceState;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what one signal observed. */
final class ObservationFromWire {
    private ObservationFromWire() {}

    /**
     * @throws Malformed when it is unknown, incomplete or over a limit
     */
    static Observation read(Signal wire) {
        return switch (wire.getObservationCase()) {
            case OBJECT_SEEN -> new Observation.ObjectSeen(object(wire.getObjectSeen()));
            case OBJECT_GONE ->
                    new Observation.ObjectGone(
                            ref(wire.getObjectGone().getRef()),
                            text(wire.getObjectGone().getUid()));
            case SNAPSHOT_BEGUN ->
                    new Observation.SnapshotBegun(name(wire.getSnapshotBegun().getKind()));
            case SNAPSHOT_COMPLETED -> completed(wire.getSnapshotCompleted());
            case EVENT_REPORTED -> event(wire.getEventReported());
            case LOG_LINE -> line(wire.getLogLine());
            case SOURCE_REPORTED -> source(wire.getSourceReported());
            case SIGNALS_SHED -> shed(wire.getSignalsShed());
            case FLOW_SEEN -> FlowFromWire.read(wire.getFlowSeen());
            case OBSERVATION_NOT_SET ->
                    throw new Malformed(Reason.UNKNOWN, "an observation of an unknown kind");
        };
    }

    /** Where a signal comes from, in the words of {@link Observation.SourceReported}. */
    static String source(Signal wire) {
        return switch (wire.getObservationCase()) {
            case OBJECT_SEEN -> watch(wire.getObjectSeen().getRef().getKind());
            case OBJECT_GONE -> watch(wire.getObjectGone().getRef().getKind());
            case SNAPSHOT_BEGUN -> watch(wire.getSnapshotBegun().getKind());
            case SNAPSHOT_COMPLETED -> watch(wire.getSnapshotCompleted().getKind());
            case EVENT_REPORTED -> "watch/Event";
            case LOG_LINE -> "logs";
            case SOURCE_REPORTED -> shortened(wire.getSourceReported().getSource());
            case SIGNALS_SHED -> shortened(wire.getSignalsShed().getSource());
            case FLOW_SEEN -> "flows";
            case OBSERVATION_NOT_SET -> "unknown";
        };
    }

    static ResourceRef ref(dev.kestrel.protocol.wire.v1.ResourceRef wire) {
        return new ResourceRef(
                part(name(wire.getKind())),
                part(text(wire.getNamespace())),
                part(name(wire.getName())));
    }

    /** What is between slashes where a ref is written as one text. */
    private static String part(String text) {
        if (text.indexOf('/') >= 0) {
            throw new Malformed(Reason.UNKNOWN, "a name with a slash");
        }
        return text;
    }

    private static String watch(String kind) {
        return "watch/" + shortened(kind);
    }

    private static String shortened(String text) {
        return WireText.clean(text.length() <= 64 ? text : text.substring(0, 64));
    }

    private static KubeObject object(ObjectSeen wire) {
        if (wire.getManagersCount() > WireLimits.OBJECT_MANAGERS) {
            throw new Malformed(Reason.TOO_LARGE, "too many field managers");
        }
        return new KubeObject(
                ref(wire.getRef()),
                text(wire.getUid()),
                text(wire.getResourceVersion()),
                name(wire.getApiVersion()),
                ObjectJson.read(wire.getJson().newInput(), wire.getJson().size()),
                wire.getManagersList().stream().map(ObservationFromWire::manager).toList());
    }

    private static KubeObject.FieldManager manager(FieldManager wire) {
        return new KubeObject.FieldManager(
                text(wire.getManager()),
                text(wire.getOperation()),
                WireTime.instant(wire.getAt()),
                text(wire.getSubresource()));
    }

    private static Observation completed(SnapshotCompleted wire) {
        return new Observation.SnapshotCompleted(name(wire.getKind()), count(wire.getCount()));
    }

    private static Observation event(EventReported wire) {
        if (wire.getMessage().length() > WireLimits.EVENT_MESSAGE_CHARS) {
            throw new Malformed(Reason.TOO_LARGE, "an event message over the limit");
        }
        return new Observation.EventReported(
                ref(wire.getAbout()),
                text(wire.getAboutUid()),
                text(wire.getFieldPath()),
                wire.getType().equals("Warning"),
                text(wire.getReason()),
                WireText.clean(wire.getMessage()),
                (int) Math.min(Integer.MAX_VALUE, Integer.toUnsignedLong(wire.getCount())),
                WireTime.instant(wire.getFirstAt()),
                WireTime.instant(wire.getLastAt()),
                text(wire.getReporter()));
    }

    private static Observation line(LogLine wire) {
        if (wire.getText().length() > WireLimits.LOG_LINE_BYTES
                || wire.getText().getBytes(StandardCharsets.UTF_8).length
                        > WireLimits.LOG_LINE_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "a log line over the limit");
        }
        return new Observation.LogLine(
                new ResourceRef("Pod", part(name(wire.getNamespace())), part(name(wire.getPod()))),
                text(wire.getContainer()),
                wire.getPrevious(),
                WireText.clean(wire.getText()));
    }

    private static Observation source(SourceReported wire) {
        return new Observation.SourceReported(
                name(wire.getSource()),
                state(wire.getState()),
                Duration.ofMillis(count(wire.getStalenessMillis())),
                text(wire.getDetail()));
    }

    private static Observation.SourceState state(SourceState wire) {
        return switch (wire) {
            case SOURCE_STATE_ABSENT -> Observation.SourceState.ABSENT;
            case SOURCE_STATE_STARTING -> Observation.SourceState.STARTING;
            case SOURCE_STATE_LIVE -> Observation.SourceState.LIVE;
            case SOURCE_STATE_STALE -> Observation.SourceState.STALE;
            case SOURCE_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new Malformed(Reason.UNKNOWN, "an unknown state of a source");
        };
    }

    private static Observation shed(SignalsShed wire) {
        return new Observation.SignalsShed(
                name(wire.getSource()), count(wire.getCount()), text(wire.getReason()));
    }

    static long count(long wire) {
        if (wire < 0) {
            throw new Malformed(Reason.TOO_LARGE, "a count over 2^63");
        }
        return wire;
    }

    static String name(String text) {
        if (text.isEmpty()) {
            throw new Malformed(Reason.INCOMPLETE, "a name is missing");
        }
        return text(text);
    }

    static String text(String text) {
        if (text.length() > WireLimits.SHORT_TEXT_CHARS) {
            throw new Malformed(Reason.TOO_LARGE, "a text over the limit");
        }
        return WireText.clean(text);
    }
}
