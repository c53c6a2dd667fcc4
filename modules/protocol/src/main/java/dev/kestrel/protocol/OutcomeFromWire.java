package dev.kestrel.protocol;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.ActionResult;
import dev.kestrel.protocol.wire.v1.DryRunResult;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.Refused;

import java.util.List;

/** Reads what an operator reports about a command. */
public final class OutcomeFromWire {
    private static final int DETAIL_CHARS = 4096;
    private static final int NAMES = 64;

    private OutcomeFromWire() {}

    /**
     * Reads how a question ended.
     *
     * @param last the last chunk, which carries how it ended
     * @param output of all chunks together
     * @throws Malformed when the result is of an unknown kind or over a limit
     */
    public static Outcome investigation(InvestigationResult last, byte[] output) {
        if (output.length > WireLimits.RESULT_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "a result of " + output.length + " bytes");
        }
        var answer =
                switch (last.getOutcome()) {
                    case TOOL_OUTCOME_ANSWERED ->
                            new Answer.Given(
                                    ByteString.copyFrom(output).toStringUtf8(),
                                    last.getTruncated());
                    case TOOL_OUTCOME_REFUSED -> new Answer.Refused(detail(last.getDetail()));
                    case TOOL_OUTCOME_FAILED -> new Answer.Unknown(detail(last.getDetail()));
                    case TOOL_OUTCOME_TIMED_OUT ->
                            new Answer.Unknown("timed out: " + detail(last.getDetail()));
                    case TOOL_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                            throw new Malformed(Reason.UNKNOWN, "an unknown outcome of a tool");
                };
        return new Outcome.Answered(answer, WireTime.instant(last.getAt()));
    }

    /**
     * Reads what the API server would make of a manifest.
     *
     * @throws Malformed when the result is of an unknown kind or over a limit
     */
    public static Outcome dryRun(DryRunResult result) {
        return switch (result.getResultCase()) {
            case ACCEPTED ->
                    new Outcome.WouldApply(
                            fields(result.getAccepted().getJson()),
                            names(result.getAccepted().getTakesOverFromList()));
            case REFUSED -> refused(result.getRefused());
            case RESULT_NOT_SET -> throw new Malformed(Reason.UNKNOWN, "an unknown dry-run result");
        };
    }

    /**
     * Reads how applying or undoing ended.
     *
     * @throws Malformed when the result is of an unknown kind or over a limit
     */
    public static Outcome action(ActionResult result) {
        return switch (result.getResultCase()) {
            case APPLIED ->
                    new Outcome.Applied(
                            id(result.getApplied().getResourceVersion()),
                            WireTime.instant(result.getApplied().getAt()));
            case REFUSED -> refused(result.getRefused());
            case RESULT_NOT_SET -> throw new Malformed(Reason.UNKNOWN, "an unknown action result");
        };
    }

    /**
     * A command's id as it came back.
     *
     * @throws Malformed when it is empty or over 64 characters
     */
    public static String id(String id) {
        if (id.isEmpty() || id.length() > WireLimits.ID_CHARS) {
            throw new Malformed(Reason.INCOMPLETE, "an id must have 1 to 64 characters");
        }
        return id;
    }

    private static Outcome refused(Refused refused) {
        return new Outcome.Refused(
                reason(refused.getReason()),
                detail(refused.getDetail()),
                names(refused.getOwnedByList()));
    }

    private static Outcome.Reason reason(Refused.Reason wire) {
        return switch (wire) {
            case WRITE_DISABLED -> Outcome.Reason.WRITE_DISABLED;
            case NAMESPACE_NOT_ALLOWED -> Outcome.Reason.NAMESPACE_NOT_ALLOWED;
            case KIND_NOT_ALLOWED -> Outcome.Reason.KIND_NOT_ALLOWED;
            case DIGEST_MISMATCH -> Outcome.Reason.DIGEST_MISMATCH;
            case DRIFTED -> Outcome.Reason.DRIFTED;
            case CONFLICT -> Outcome.Reason.CONFLICT;
            case REJECTED_BY_API -> Outcome.Reason.REJECTED_BY_API;
            case NOT_FOUND -> Outcome.Reason.NOT_FOUND;
            case UNREACHABLE -> Outcome.Reason.UNREACHABLE;
            case APPROVAL_EXPIRED -> Outcome.Reason.APPROVAL_EXPIRED;
            case MALFORMED -> Outcome.Reason.MALFORMED;
            case REASON_UNSPECIFIED, UNRECOGNIZED ->
                    throw new Malformed(Reason.UNKNOWN, "an unknown reason of a refusal");
        };
    }

    private static Fields fields(ByteString json) {
        return ObjectJson.read(json.newInput(), json.size());
    }

    private static List<String> names(List<String> wire) {
        if (wire.size() > NAMES
                || wire.stream().anyMatch(name -> name.length() > WireLimits.SHORT_TEXT_CHARS)) {
            throw new Malformed(Reason.TOO_LARGE, "too many names, or too long ones");
        }
        return List.copyOf(wire);
    }

    private static String detail(String text) {
        return WireText.clean(
                text.length() <= DETAIL_CHARS ? text : text.substring(0, DETAIL_CHARS));
    }
}
