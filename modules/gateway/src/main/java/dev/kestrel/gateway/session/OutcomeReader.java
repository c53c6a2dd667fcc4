package dev.kestrel.gateway.session;

import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.OutcomeFromWire;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.InvestigationResult;

import java.time.Instant;
import java.util.List;

/**
 * Reads results of commands. A result that cannot be used is an outcome too: whoever asked is told,
 * and the stream goes on.
 */
final class OutcomeReader {
    private final OutcomeAssembly assembly;

    OutcomeReader(int maxUnfinished) {
        this.assembly = new OutcomeAssembly(maxUnfinished);
    }

    /** What a message turned out to be. */
    sealed interface Reading {
        /** A chunk; the result goes on. */
        record More() implements Reading {}

        record Whole(String commandId, Outcome outcome) implements Reading {}
    }

    /**
     * @throws Malformed when the message is no result, or says not of which command
     */
    Reading read(ControlUp up, Instant now) {
        return switch (up.getBodyCase()) {
            case INVESTIGATION_RESULT -> investigation(up.getInvestigationResult(), now);
            case DRY_RUN_RESULT -> {
                var id = OutcomeFromWire.id(up.getDryRunResult().getId());
                try {
                    yield new Reading.Whole(id, OutcomeFromWire.dryRun(up.getDryRunResult()));
                } catch (Malformed e) {
                    yield new Reading.Whole(id, refused(e));
                }
            }
            case ACTION_RESULT -> {
                var id = OutcomeFromWire.id(up.getActionResult().getId());
                try {
                    yield new Reading.Whole(id, OutcomeFromWire.action(up.getActionResult()));
                } catch (Malformed e) {
                    yield new Reading.Whole(id, refused(e));
                }
            }
            case HELLO, HEARTBEAT, BODY_NOT_SET ->
                    throw new Malformed(Malformed.Reason.UNKNOWN, "no result");
        };
    }

    private Reading investigation(InvestigationResult result, Instant now) {
        var id = OutcomeFromWire.id(result.getId());
        try {
            return assembly.add(result)
                    .<Reading>map(outcome -> new Reading.Whole(id, outcome))
                    .orElseGet(Reading.More::new);
        } catch (Malformed e) {
            var why = "the operator's answer cannot be used: " + e.getMessage();
            return new Reading.Whole(id, new Outcome.Answered(new Answer.Unknown(why), now));
        }
    }

    private static Outcome refused(Malformed e) {
        return new Outcome.Refused(
                Outcome.Reason.MALFORMED,
                "the operator's result cannot be used: " + e.getMessage(),
                List.of());
    }
}
