package dev.kestrel.operator.link;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.command.Outcome.Reason;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.protocol.CommandFromWire;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.OutcomeToWire;
import dev.kestrel.protocol.WireTime;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlHello;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.Heartbeat;

import io.vertx.core.Context;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Hears what the cloud asks and says what came of it. An answer that finds the stream gone is not
 * kept here: the cloud asks again under the same id and gets it then.
 */
final class ControlConversation implements Conversation<ControlUp, ControlDown> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConversation.class);

    private final String bootId;
    private final Commands commands;
    private final InstantSource clock;
    private final Context context;

    private Optional<Speaker<ControlUp>> speaker = Optional.empty();

    ControlConversation(String bootId, Commands commands, InstantSource clock, Context context) {
        this.bootId = bootId;
        this.commands = commands;
        this.clock = clock;
        this.context = context;
    }

    @Override
    public void onOpen(Speaker<ControlUp> opened) {
        speaker = Optional.of(opened);
        opened.say(
                ControlUp.newBuilder()
                        .setHello(ControlHello.newBuilder().setBootId(bootId))
                        .build());
    }

    @Override
    public void onMessage(ControlDown message) {
        speaker.ifPresent(Speaker::settled);
        try {
            CommandFromWire.read(message).ifPresent(this::execute);
        } catch (Malformed refused) {
            LOG.atWarn()
                    .addKeyValue("command", CommandFromWire.id(message))
                    .addKeyValue("reason", refused.getMessage())
                    .log("a command could not be read");
            malformed(message, String.valueOf(refused.getMessage())).forEach(this::say);
        } catch (IllegalArgumentException refused) {
            malformed(message, "a time or a number is out of range").forEach(this::say);
        }
    }

    private void execute(Command command) {
        commands.execute(
                command,
                (done, ended) ->
                        context.runOnContext(ignored -> messages(done, ended).forEach(this::say)));
    }

    private static List<ControlUp> messages(Command command, Commands.Ended ended) {
        return switch (ended.outcome()) {
            case Outcome.Answered answered ->
                    OutcomeToWire.answer(
                            command.id(),
                            answered.answer(),
                            ended.timedOut(),
                            ended.took(),
                            answered.at());
            case Outcome.WouldApply would -> List.of(OutcomeToWire.dryRun(command.id(), would));
            case Outcome.Applied applied -> List.of(OutcomeToWire.action(command.id(), applied));
            case Outcome.Refused refused ->
                    List.of(
                            command instanceof Command.DryRun
                                    ? OutcomeToWire.dryRun(command.id(), refused)
                                    : OutcomeToWire.action(command.id(), refused));
        };
    }

    private List<ControlUp> malformed(ControlDown message, String why) {
        var id = CommandFromWire.id(message);
        var refused = new Outcome.Refused(Reason.MALFORMED, why, List.of());
        return switch (message.getBodyCase()) {
            case INVESTIGATE ->
                    OutcomeToWire.answer(
                            id, new Answer.Refused(why), false, Duration.ZERO, clock.instant());
            case DRY_RUN -> List.of(OutcomeToWire.dryRun(id, refused));
            case APPLY, UNDO -> List.of(OutcomeToWire.action(id, refused));
            case CANCEL_INVESTIGATION, SETTINGS, HEARTBEAT, BODY_NOT_SET -> List.of();
        };
    }

    private void say(ControlUp message) {
        speaker.ifPresent(open -> open.say(message));
    }

    @Override
    public void onRoom() {
        // Answers are few and bounded; they are written when they are there.
    }

    @Override
    public void onClosed() {
        speaker = Optional.empty();
    }

    @Override
    public ControlUp heartbeat() {
        return ControlUp.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setAt(WireTime.wire(clock.instant())))
                .build();
    }
}
