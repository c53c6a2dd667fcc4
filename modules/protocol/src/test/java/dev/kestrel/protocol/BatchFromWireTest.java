package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.EventReported;
import dev.kestrel.protocol.wire.v1.FieldManager;
import dev.kestrel.protocol.wire.v1.FlowDirection;
import dev.kestrel.protocol.wire.v1.FlowSeen;
import dev.kestrel.protocol.wire.v1.FlowVerdict;
import dev.kestrel.protocol.wire.v1.LogLine;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.ResourceRef;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.SnapshotBegun;
import dev.kestrel.protocol.wire.v1.SourceReported;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Each limit, at the limit and one beyond it. */
class BatchFromWireTest {
    private static final Signal BEGUN =
            Signal.newBuilder().setSnapshotBegun(SnapshotBegun.newBuilder().setKind("Pod")).build();

    private static BatchFromWire read(Signal... signals) {
        return BatchFromWire.read(
                SignalBatch.newBuilder()
                        .setSequence(1)
                        .addAllSignals(List.of(signals))
                        .build()
                        .toByteArray(),
                "boot");
    }

    private static List<Reason> refused(Signal.Builder signal) {
        var read = read(signal.build(), BEGUN);
        assertThat(read.batch().signals()).hasSize(2);
        assertThat(read.batch().signals().getLast().observation())
                .isEqualTo(new Observation.SnapshotBegun("Pod"));
        return read.refused();
    }

    private static Signal.Builder line(String text) {
        return Signal.newBuilder()
                .setLogLine(LogLine.newBuilder().setNamespace("n").setPod("p").setText(text));
    }

    private static Signal.Builder object(String json) {
        return Signal.newBuilder()
                .setObjectSeen(
                        ObjectSeen.newBuilder()
                                .setRef(ResourceRef.newBuilder().setKind("Pod").setName("p"))
                                .setApiVersion("v1")
                                .setJson(ByteString.copyFromUtf8(json)));
    }

    @Test
    void fiftySignalsAreABatchAndOneMoreIsNone() {
        var fifty = SignalBatch.newBuilder().setSequence(1);
        for (int i = 0; i < WireLimits.BATCH_SIGNALS; i++) {
            fifty.addSignals(BEGUN);
        }
        assertThat(BatchFromWire.read(fifty.build().toByteArray(), "b").refused()).isEmpty();

        var more = fifty.addSignals(BEGUN).build().toByteArray();
        assertThatThrownBy(() -> BatchFromWire.read(more, "b"))
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void aBatchHasASequence() {
        assertThatThrownBy(() -> BatchFromWire.read(new byte[0], "b"))
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPLETE));
    }

    @Test
    void aSignalThatIsNoMessageIsShedAndItsBatchGoesOn() {
        var truncated = new byte[] {0x08, 1, 0x12, 2, 0x0a, 9, 0x12, 0};

        var read = BatchFromWire.read(truncated, "b");

        assertThat(read.refused()).containsExactly(Reason.UNDECODABLE, Reason.UNKNOWN);
        assertThat(read.batch().signals()).hasSize(2);
    }

    @Test
    void theEndOfAGroupThatDidNotBeginIsNoBatch() {
        assertThatThrownBy(() -> WireBatch.open(new byte[] {0x08, 1, 0x24}))
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNDECODABLE));
    }

    @Test
    void logLinesAreLimitedInBytesNotInCharacters() {
        assertThat(refused(line("x".repeat(WireLimits.LOG_LINE_BYTES)))).isEmpty();
        assertThat(refused(line("x".repeat(WireLimits.LOG_LINE_BYTES + 1))))
                .containsExactly(Reason.TOO_LARGE);
        assertThat(refused(line("ü".repeat(WireLimits.LOG_LINE_BYTES / 2)))).isEmpty();
        assertThat(refused(line("ü".repeat(WireLimits.LOG_LINE_BYTES / 2 + 1))))
                .containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void eventMessagesAreLimited() {
        var event =
                EventReported.newBuilder()
                        .setAbout(ResourceRef.newBuilder().setKind("Pod").setName("p"));
        event.setMessage("x".repeat(WireLimits.EVENT_MESSAGE_CHARS));
        assertThat(refused(Signal.newBuilder().setEventReported(event))).isEmpty();
        event.setMessage("x".repeat(WireLimits.EVENT_MESSAGE_CHARS + 1));
        assertThat(refused(Signal.newBuilder().setEventReported(event)))
                .containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void objectsAreLimitedInDepth() {
        assertThat(refused(object(nested(WireLimits.OBJECT_DEPTH)))).isEmpty();
        assertThat(refused(object(nested(WireLimits.OBJECT_DEPTH + 1))))
                .containsExactly(Reason.TOO_LARGE);
        assertThat(refused(object(nested(100_000)))).containsExactly(Reason.TOO_LARGE);
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void objectsAreLimitedInValues() {
        assertThat(refused(object(list(WireLimits.OBJECT_VALUES - 2)))).isEmpty();
        assertThat(refused(object(list(WireLimits.OBJECT_VALUES - 1))))
                .containsExactly(Reason.TOO_LARGE);
    }

    private static String list(int values) {
        return "{\"a\":[" + "1,".repeat(values - 1) + "1]}";
    }

    @Test
    void objectsAreLimitedInBytes() {
        var around = "{\"a\":\"\"}".length();
        var text = "x".repeat(WireLimits.OBJECT_BYTES - around);
        assertThat(refused(object("{\"a\":\"" + text + "\"}"))).isEmpty();
        assertThat(refused(object("{\"a\":\"" + text + "x\"}"))).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void objectsAreLimitedInManagersAndNamesInCharacters() {
        var seen = object("{}").getObjectSeen().toBuilder();
        for (int i = 0; i < WireLimits.OBJECT_MANAGERS; i++) {
            seen.addManagers(FieldManager.newBuilder().setManager("m"));
        }
        assertThat(refused(Signal.newBuilder().setObjectSeen(seen))).isEmpty();
        seen.addManagers(FieldManager.newBuilder().setManager("m"));
        assertThat(refused(Signal.newBuilder().setObjectSeen(seen)))
                .containsExactly(Reason.TOO_LARGE);

        var name = "x".repeat(WireLimits.SHORT_TEXT_CHARS);
        var begun = SnapshotBegun.newBuilder();
        assertThat(refused(Signal.newBuilder().setSnapshotBegun(begun.setKind(name)))).isEmpty();
        assertThat(refused(Signal.newBuilder().setSnapshotBegun(begun.setKind(name + "x"))))
                .containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void whatIsNoJsonObjectIsShed() {
        for (var json :
                List.of(
                        "",
                        "[]",
                        "1",
                        "{",
                        "{}{}",
                        "{\"a\":1,\"a\":2}",
                        "{'a':1}",
                        "{\"a\":NaN}")) {
            assertThat(refused(object(json))).as(json).containsExactly(Reason.BAD_JSON);
        }
    }

    @Test
    void nullsAreLeftOut() {
        var read = read(object("{\"a\":null,\"b\":[null,1]}").build());

        assertThat(read.batch().signals().getFirst().observation())
                .isInstanceOfSatisfying(
                        Observation.ObjectSeen.class,
                        seen ->
                                assertThat(ObjectJson.write(seen.object().fields()))
                                        .asString()
                                        .isEqualTo("{\"b\":[1]}"));
    }

    @Test
    void aSignalOfAnUnknownKindIsShedAndSaysSo() {
        var read = read(Signal.getDefaultInstance());

        assertThat(read.refused()).containsExactly(Reason.UNKNOWN);
        assertThat(read.batch().signals().getFirst().observation())
                .isEqualTo(new Observation.SignalsShed("unknown", 1, "unknown"));
    }

    @Test
    void whatIsShedNamesItsSource() {
        var read = read(object("no").build());

        assertThat(read.batch().signals().getFirst().observation())
                .isEqualTo(new Observation.SignalsShed("watch/Pod", 1, "bad_json"));
    }

    @Test
    void aSourceInAnUnknownStateIsShed() {
        var source = SourceReported.newBuilder().setSource("logs").setStateValue(99);
        assertThat(refused(Signal.newBuilder().setSourceReported(source)))
                .containsExactly(Reason.UNKNOWN);
    }

    @Test
    void aFlowIsTakenUpToItsLimitsAndShedBeyond() {
        var flow =
                FlowSeen.newBuilder()
                        .setProtocol("TCP")
                        .setPort(65_535)
                        .setDirection(FlowDirection.FLOW_DIRECTION_INGRESS)
                        .setVerdict(FlowVerdict.FLOW_VERDICT_DENIED)
                        .setCount(1);
        var policy = ResourceRef.newBuilder().setKind("NetworkPolicy").setName("one");
        for (int count = 0; count < WireLimits.FLOW_POLICIES; count++) {
            flow.addPolicies(policy);
        }
        assertThat(refused(seen(flow))).isEmpty();
        assertThat(refused(seen(flow.clone().setPort(65_536)))).containsExactly(Reason.TOO_LARGE);
        assertThat(refused(seen(flow.clone().addPolicies(policy))))
                .containsExactly(Reason.TOO_LARGE);
        assertThat(refused(seen(flow.clone().setCount(0)))).containsExactly(Reason.INCOMPLETE);
        assertThat(refused(seen(flow.clone().setCount(-1)))).containsExactly(Reason.TOO_LARGE);
        assertThat(refused(seen(flow.clone().setDirectionValue(9))))
                .containsExactly(Reason.UNKNOWN);
        assertThat(refused(seen(flow.clone().setVerdict(FlowVerdict.FLOW_VERDICT_UNSPECIFIED))))
                .containsExactly(Reason.UNKNOWN);
    }

    private static Signal.Builder seen(FlowSeen.Builder flow) {
        return Signal.newBuilder().setFlowSeen(flow);
    }

    @Test
    void aNameThatIsMissingIsShed() {
        assertThat(refused(Signal.newBuilder().setSnapshotBegun(SnapshotBegun.newBuilder())))
                .containsExactly(Reason.INCOMPLETE);
    }

    @Test
    void whatNoDatabaseKeepsIsReplaced() {
        var read = read(line("one\0two").build(), object("{\"a\":\"\\ud800 \\u0000\"}").build());

        assertThat(read.refused()).isEmpty();
        assertThat(read.batch().signals().getFirst().observation())
                .isEqualTo(
                        new Observation.LogLine(
                                dev.kestrel.domain.signal.ResourceRef.parse("Pod/n/p"),
                                "",
                                false,
                                "one\ufffdtwo"));
        assertThat(read.batch().signals().getLast().observation().toString())
                .contains("a=\ufffd \ufffd");
    }

    @Test
    void aNameWithASlashIsShedBecauseItCouldNotBeReadBack() {
        var about = ResourceRef.newBuilder().setKind("Pod").setName("a/b/c");

        assertThat(
                        refused(
                                Signal.newBuilder()
                                        .setEventReported(
                                                EventReported.newBuilder().setAbout(about))))
                .containsExactly(Reason.UNKNOWN);
    }
}
