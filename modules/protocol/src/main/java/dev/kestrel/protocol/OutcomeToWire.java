package dev.kestrel.protocol;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.protocol.wire.v1.ActionResult;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.DryRunResult;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.Refused;
import dev.kestrel.protocol.wire.v1.ToolOutcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes what a command did as the messages that go up a control stream. */
public final class OutcomeToWire {
    /** Small enough that heartbeats and other answers get between. */
    private static final int CHUNK_BYTES = 64 << 10;

    private OutcomeToWire() {}

    /**
     * The answer to a question, in chunks.
     *
     * @param timedOut the answer is unknown because it took too long
     */
    public static List<ControlUp> answer(
            String id, Answer answer, boolean timedOut, Duration took, Instant at) {
        var end =
                InvestigationResult.newBuilder()
                        .setId(id)
                        .setTookMillis((int) Math.min(took.toMillis(), Integer.MAX_VALUE))
                        .setAt(WireTime.wire(at));
        return switch (answer) {
            case Answer.Given given -> given(end, given);
            case Answer.Refused refused ->
                    List.of(alone(end, ToolOutcome.TOOL_OUTCOME_REFUSED, refused.why()));
            case Answer.Unknown unknown ->
                    List.of(
                            alone(
                                    end,
                                    timedOut
                                            ? ToolOutcome.TOOL_OUTCOME_TIMED_OUT
                                            : ToolOutcome.TOOL_OUTCOME_FAILED,
                                    unknown.why()));
        };
    }

    private static ControlUp alone(
            InvestigationResult.Builder end, ToolOutcome outcome, String detail) {
        return ControlUp.newBuilder()
                .setInvestigationResult(end.setOutcome(outcome).setDetail(detail).setLast(true))
                .build();
    }

    private static List<ControlUp> given(InvestigationResult.Builder end, Answer.Given given) {
        var output = ByteString.copyFromUtf8(given.output());
        var limit = Math.min(output.size(), WireLimits.RESULT_BYTES);
        var truncated = given.truncated() || output.size() > limit;
        var chunks = new ArrayList<ControlUp>();
        for (int from = 0; from == 0 || from < limit; from += CHUNK_BYTES) {
            var to = Math.min(from + CHUNK_BYTES, limit);
            end.setOutcome(ToolOutcome.TOOL_OUTCOME_ANSWERED)
                    .setOutput(output.substring(from, to))
                    .setChunk(chunks.size())
                    .setLast(to == limit)
                    .setTruncated(truncated);
            chunks.add(ControlUp.newBuilder().setInvestigationResult(end.build()).build());
        }
        return chunks;
    }

    /** What a dry run found. */
    public static ControlUp dryRun(String id, Outcome outcome) {
        var result = DryRunResult.newBuilder().setId(id);
        return ControlUp.newBuilder()
                .setDryRunResult(
                        switch (outcome) {
                            case Outcome.WouldApply would ->
                                    result.setAccepted(
                                            DryRunResult.Accepted.newBuilder()
                                                    .setJson(
                                                            ByteString.copyFrom(
                                                                    ObjectJson.write(
                                                                            would.object())))
                                                    .addAllTakesOverFrom(would.takesOverFrom()));
                            case Outcome.Refused refused -> result.setRefused(refused(refused));
                            case Outcome.Answered answered -> throw unexpected(answered);
                            case Outcome.Applied applied -> throw unexpected(applied);
                        })
                .build();
    }

    /** What applying or undoing did. */
    public static ControlUp action(String id, Outcome outcome) {
        var result = ActionResult.newBuilder().setId(id);
        return ControlUp.newBuilder()
                .setActionResult(
                        switch (outcome) {
                            case Outcome.Applied applied ->
                                    result.setApplied(
                                            ActionResult.Applied.newBuilder()
                                                    .setResourceVersion(applied.resourceVersion())
                                                    .setAt(WireTime.wire(applied.at())));
                            case Outcome.Refused refused -> result.setRefused(refused(refused));
                            case Outcome.Answered answered -> throw unexpected(answered);
                            case Outcome.WouldApply would -> throw unexpected(would);
                        })
                .build();
    }

    private static Refused refused(Outcome.Refused refused) {
        return Refused.newBuilder()
                .setReason(
                        switch (refused.reason()) {
                            case WRITE_DISABLED -> Refused.Reason.WRITE_DISABLED;
                            case NAMESPACE_NOT_ALLOWED -> Refused.Reason.NAMESPACE_NOT_ALLOWED;
                            case KIND_NOT_ALLOWED -> Refused.Reason.KIND_NOT_ALLOWED;
                            case DIGEST_MISMATCH -> Refused.Reason.DIGEST_MISMATCH;
                            case DRIFTED -> Refused.Reason.DRIFTED;
                            case CONFLICT -> Refused.Reason.CONFLICT;
                            case REJECTED_BY_API -> Refused.Reason.REJECTED_BY_API;
                            case NOT_FOUND -> Refused.Reason.NOT_FOUND;
                            case UNREACHABLE -> Refused.Reason.UNREACHABLE;
                            case APPROVAL_EXPIRED -> Refused.Reason.APPROVAL_EXPIRED;
                            case MALFORMED -> Refused.Reason.MALFORMED;
                        })
                .setDetail(refused.detail())
                .addAllOwnedBy(refused.ownedBy())
                .build();
    }

    private static IllegalStateException unexpected(Outcome outcome) {
        return new IllegalStateException("no answer to this command: " + outcome.getClass());
    }
}
