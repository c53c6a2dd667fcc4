package dev.kestrel.protocol.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.OutcomeFromWire;
import dev.kestrel.protocol.wire.v1.ActionResult;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.DryRunResult;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.Refused;
import dev.kestrel.protocol.wire.v1.ToolOutcome;
import dev.kestrel.testkit.hostile.Target;

import java.util.List;
import java.util.stream.Stream;

/** What an operator reports about a command: it is read or refused as malformed. */
public final class OutcomeTarget implements Target {
    public static void fuzzerTestOneInput(byte[] input) {
        new OutcomeTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        var answered =
                InvestigationResult.newBuilder()
                        .setId("c-1")
                        .setOutcome(ToolOutcome.TOOL_OUTCOME_ANSWERED)
                        .setOutput(ByteString.copyFromUtf8("line one"))
                        .setLast(true);
        var refused =
                Refused.newBuilder()
                        .setReason(Refused.Reason.CONFLICT)
                        .setDetail("owned by another")
                        .addOwnedBy("argocd");
        return Stream.of(
                        ControlUp.newBuilder().setInvestigationResult(answered),
                        ControlUp.newBuilder()
                                .setDryRunResult(
                                        DryRunResult.newBuilder().setId("c-2").setRefused(refused)),
                        ControlUp.newBuilder()
                                .setDryRunResult(
                                        DryRunResult.newBuilder()
                                                .setId("c-3")
                                                .setAccepted(
                                                        DryRunResult.getDefaultInstance()
                                                                .getAccepted()
                                                                .toBuilder()
                                                                .setJson(
                                                                        ByteString.copyFromUtf8(
                                                                                "{\"a\":[1]}")))),
                        ControlUp.newBuilder()
                                .setActionResult(
                                        ActionResult.newBuilder().setId("c-4").setRefused(refused)))
                .map(up -> up.build().toByteArray())
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("\u0000", "{}", "[[[[", "\\ud800", "\\u0000", "1e400");
    }

    @Override
    public void feed(byte[] input) {
        try {
            var up = ControlUp.parseFrom(input);
            switch (up.getBodyCase()) {
                case INVESTIGATION_RESULT -> {
                    var result = up.getInvestigationResult();
                    OutcomeFromWire.id(result.getId());
                    OutcomeFromWire.investigation(result, result.getOutput().toByteArray());
                }
                case DRY_RUN_RESULT -> OutcomeFromWire.dryRun(up.getDryRunResult());
                case ACTION_RESULT -> OutcomeFromWire.action(up.getActionResult());
                case HELLO, HEARTBEAT, BODY_NOT_SET -> {}
            }
        } catch (Malformed | InvalidProtocolBufferException refused) {
            assertThat(refused).isNotNull();
        }
    }
}
