package dev.kestrel.protocol;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.ControlDown;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Reads what comes down a control stream as a command. */
public final class CommandFromWire {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_TIMEOUT_MILLIS = 30_000;
    private static final int NAMES = 64;

    private CommandFromWire() {}

    /**
     * The command that a message is; empty where it asks for nothing.
     *
     * @throws Malformed when it cannot be what it says
     */
    public static Optional<Command> read(ControlDown down) {
        return switch (down.getBodyCase()) {
            case INVESTIGATE -> {
                var ask = down.getInvestigate();
                yield Optional.of(
                        new Command.Investigate(
                                OutcomeFromWire.id(ask.getId()),
                                question(ask.getTool(), ask.getArgumentsMap()),
                                timeout(ask.getTimeoutMillis())));
            }
            case CANCEL_INVESTIGATION ->
                    Optional.of(
                            new Command.CancelInvestigation(
                                    OutcomeFromWire.id(down.getCancelInvestigation().getId())));
            case DRY_RUN ->
                    Optional.of(
                            new Command.DryRun(
                                    OutcomeFromWire.id(down.getDryRun().getId()),
                                    manifest(down.getDryRun().getManifest())));
            case APPLY -> {
                var apply = down.getApply();
                yield Optional.of(
                        new Command.Apply(
                                OutcomeFromWire.id(apply.getId()),
                                manifest(apply.getManifest()),
                                apply.getApprovedBy(),
                                WireTime.instant(apply.getExpiresAt())));
            }
            case UNDO -> {
                var undo = down.getUndo();
                yield Optional.of(
                        new Command.Undo(
                                OutcomeFromWire.id(undo.getId()),
                                OutcomeFromWire.id(undo.getApplyId()),
                                manifest(undo.getManifest()),
                                WireTime.instant(undo.getExpiresAt())));
            }
            case SETTINGS, HEARTBEAT, BODY_NOT_SET -> Optional.empty();
        };
    }

    /** Id of the command, as far as there is one; for the answer to what cannot be read. */
    public static String id(ControlDown down) {
        return switch (down.getBodyCase()) {
            case INVESTIGATE -> down.getInvestigate().getId();
            case CANCEL_INVESTIGATION -> down.getCancelInvestigation().getId();
            case DRY_RUN -> down.getDryRun().getId();
            case APPLY -> down.getApply().getId();
            case UNDO -> down.getUndo().getId();
            case SETTINGS, HEARTBEAT, BODY_NOT_SET -> "";
        };
    }

    private static Question question(String tool, Map<String, String> arguments) {
        if (arguments.size() > NAMES) {
            throw new Malformed(Reason.TOO_LARGE, "more than " + NAMES + " arguments");
        }
        return new Question(tool, arguments);
    }

    private static Duration timeout(int millis) {
        if (millis < 0 || millis > LONGEST_TIMEOUT_MILLIS) {
            throw new Malformed(Reason.TOO_LARGE, "a timeout is at most 30,000 ms");
        }
        return millis == 0 ? DEFAULT_TIMEOUT : Duration.ofMillis(millis);
    }

    private static Manifest manifest(dev.kestrel.protocol.wire.v1.Manifest wire) {
        if (wire.getExpectedValuesCount() > NAMES || wire.getTakeOverCount() > NAMES) {
            throw new Malformed(Reason.TOO_LARGE, "a manifest names at most " + NAMES + " fields");
        }
        var json = wire.getJson().toByteArray();
        var fields = ObjectJson.read(wire.getJson().newInput(), json.length);
        // Otherwise the digest that a person approved would not be that of what is applied.
        if (!Arrays.equals(ObjectJson.write(fields), json)) {
            throw new Malformed(Reason.BAD_JSON, "a manifest is canonical JSON");
        }
        var target = wire.getTarget();
        return new Manifest(
                new ResourceRef(target.getKind(), target.getNamespace(), target.getName()),
                wire.getApiVersion(),
                fields,
                wire.getDigest(),
                wire.getExpectedUid(),
                wire.getExpectedValuesMap(),
                wire.getTakeOverList());
    }
}
