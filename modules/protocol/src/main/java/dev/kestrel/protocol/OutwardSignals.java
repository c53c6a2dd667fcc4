package dev.kestrel.protocol;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.protocol.wire.v1.EventReported;
import dev.kestrel.protocol.wire.v1.FieldManager;
import dev.kestrel.protocol.wire.v1.FlowDirection;
import dev.kestrel.protocol.wire.v1.FlowEnd;
import dev.kestrel.protocol.wire.v1.FlowSeen;
import dev.kestrel.protocol.wire.v1.FlowVerdict;
import dev.kestrel.protocol.wire.v1.LogLine;
import dev.kestrel.protocol.wire.v1.ObjectGone;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.SignalsShed;
import dev.kestrel.protocol.wire.v1.SnapshotBegun;
import dev.kestrel.protocol.wire.v1.SnapshotCompleted;
import dev.kestrel.protocol.wire.v1.SourceReported;
import dev.kestrel.protocol.wire.v1.SourceState;

/** Signals on their way from the operator to the cloud: domain → wire. */
public final class OutwardSignals {
    private OutwardSignals() {}

    /** One signal as it travels; its times keep their nanoseconds. */
    public static dev.kestrel.protocol.wire.v1.Signal wire(Signal signal) {
        var wire =
                dev.kestrel.protocol.wire.v1.Signal.newBuilder()
                        .setObservedAt(WireTime.wire(signal.observedAt()));
        return switch (signal.observation()) {
            case Observation.ObjectSeen seen -> wire.setObjectSeen(seen(seen.object())).build();
            case Observation.ObjectGone gone ->
                    wire.setObjectGone(
                                    ObjectGone.newBuilder()
                                            .setRef(ref(gone.ref()))
                                            .setUid(gone.uid()))
                            .build();
            case Observation.SnapshotBegun begun ->
                    wire.setSnapshotBegun(SnapshotBegun.newBuilder().setKind(begun.kind())).build();
            case Observation.SnapshotCompleted completed ->
                    wire.setSnapshotCompleted(
                                    SnapshotCompleted.newBuilder()
                                            .setKind(completed.kind())
                                            .setCount(completed.count()))
                            .build();
            case Observation.EventReported event -> wire.setEventReported(event(event)).build();
            case Observation.LogLine line -> wire.setLogLine(line(line)).build();
            case Observation.FlowSeen flow -> wire.setFlowSeen(flow(flow)).build();
            case Observation.SourceReported source ->
                    wire.setSourceReported(source(source)).build();
            case Observation.SignalsShed shed ->
                    wire.setSignalsShed(
                                    SignalsShed.newBuilder()
                                            .setSource(shed.source())
                                            .setCount(shed.count())
                                            .setReason(shed.reason()))
                            .build();
        };
    }

    static dev.kestrel.protocol.wire.v1.ResourceRef ref(ResourceRef ref) {
        return dev.kestrel.protocol.wire.v1.ResourceRef.newBuilder()
                .setKind(ref.kind())
                .setNamespace(ref.namespace())
                .setName(ref.name())
                .build();
    }

    private static ObjectSeen seen(KubeObject object) {
        var seen =
                ObjectSeen.newBuilder()
                        .setRef(ref(object.ref()))
                        .setUid(object.uid())
                        .setResourceVersion(object.resourceVersion())
                        .setApiVersion(object.apiVersion())
                        .setJson(ByteString.copyFromUtf8(CanonicalJson.write(object.fields())));
        for (var manager : object.managers()) {
            seen.addManagers(
                    FieldManager.newBuilder()
                            .setManager(manager.manager())
                            .setOperation(manager.operation())
                            .setAt(WireTime.wire(manager.at()))
                            .setSubresource(manager.subresource()));
        }
        return seen.build();
    }

    private static EventReported event(Observation.EventReported event) {
        return EventReported.newBuilder()
                .setAbout(ref(event.about()))
                .setAboutUid(event.aboutUid())
                .setFieldPath(event.fieldPath())
                .setType(event.warning() ? "Warning" : "Normal")
                .setReason(event.reason())
                .setMessage(event.message())
                .setCount(event.count())
                .setFirstAt(WireTime.wire(event.firstAt()))
                .setLastAt(WireTime.wire(event.lastAt()))
                .setReporter(event.reporter())
                .build();
    }

    private static LogLine line(Observation.LogLine line) {
        return LogLine.newBuilder()
                .setNamespace(line.pod().namespace())
                .setPod(line.pod().name())
                .setContainer(line.container())
                .setPrevious(line.previous())
                .setText(line.text())
                .build();
    }

    private static FlowSeen flow(Observation.FlowSeen flow) {
        return FlowSeen.newBuilder()
                .setFrom(end(flow.from()))
                .setTo(end(flow.to()))
                .setProtocol(flow.protocol())
                .setPort(flow.port())
                .setDirection(
                        switch (flow.direction()) {
                            case INGRESS -> FlowDirection.FLOW_DIRECTION_INGRESS;
                            case EGRESS -> FlowDirection.FLOW_DIRECTION_EGRESS;
                        })
                .setVerdict(
                        switch (flow.verdict()) {
                            case FORWARDED -> FlowVerdict.FLOW_VERDICT_FORWARDED;
                            case DENIED -> FlowVerdict.FLOW_VERDICT_DENIED;
                            case DROPPED -> FlowVerdict.FLOW_VERDICT_DROPPED;
                        })
                .setReason(flow.reason())
                .addAllPolicies(flow.policies().stream().map(OutwardSignals::ref).toList())
                .setCount(flow.count())
                .setFirstAt(WireTime.wire(flow.firstAt()))
                .setLastAt(WireTime.wire(flow.lastAt()))
                .build();
    }

    private static FlowEnd end(Observation.FlowEnd end) {
        return FlowEnd.newBuilder()
                .setNamespace(end.namespace())
                .setPod(end.pod())
                .setAddress(end.address())
                .build();
    }

    private static SourceReported source(Observation.SourceReported source) {
        return SourceReported.newBuilder()
                .setSource(source.source())
                .setState(
                        switch (source.state()) {
                            case ABSENT -> SourceState.SOURCE_STATE_ABSENT;
                            case STARTING -> SourceState.SOURCE_STATE_STARTING;
                            case LIVE -> SourceState.SOURCE_STATE_LIVE;
                            case STALE -> SourceState.SOURCE_STATE_STALE;
                        })
                .setStalenessMillis(Math.max(0, source.staleness().toMillis()))
                .setDetail(source.detail())
                .build();
    }
}
