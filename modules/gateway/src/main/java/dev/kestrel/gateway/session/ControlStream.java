package dev.kestrel.gateway.session;

import com.google.protobuf.InvalidProtocolBufferException;

import dev.kestrel.bus.Bus.Registration;
import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.CommandEnded;
import dev.kestrel.bus.Topics.CommandIssued;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.identity.Connections.Held;
import dev.kestrel.gateway.limit.GatewayMetrics.Dispatched;
import dev.kestrel.gateway.limit.GatewayMetrics.Ended;
import dev.kestrel.gateway.limit.GatewayMetrics.Limit;
import dev.kestrel.protocol.CommandToWire;
import dev.kestrel.protocol.Downward;
import dev.kestrel.protocol.Malformed;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlUp;

import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/** One control stream: commands of the cluster's owner down, their outcomes up. */
public final class ControlStream {
    private static final Logger LOG = LoggerFactory.getLogger(ControlStream.class);

    private final Surroundings around;
    private final Call call;
    private final ClusterRef cluster;
    private final Pulse pulse;
    private final ReadGate gate;
    private final CommandsInFlight inFlight;
    private final OutcomeReader outcomes;
    private final Newest.Stream place;
    private final List<Registration> registrations = new ArrayList<>();
    private boolean greeted;
    private int waiting;
    private Ended reason = Ended.BROKEN;

    private ControlStream(Surroundings around, Held held, Call call) {
        this.around = around;
        this.call = call;
        this.cluster = held.peer().cluster();
        this.inFlight =
                new CommandsInFlight(
                        around.config().commandsInFlight(), around.config().commandPatience());
        this.outcomes = new OutcomeReader(around.config().commandsInFlight());
        this.place = new Newest.Stream(around.vertx().getOrCreateContext(), this::giveWay);
        this.pulse =
                Pulse.start(
                        around.vertx(), around.clock(), around.config(), this::beat, this::silent);
        this.gate = new ReadGate(around, call, pulse);
    }

    /** Serves a stream of a peer whose certificate still holds. */
    public static ControlStream serve(Surroundings around, Held held, Call call) {
        var stream = new ControlStream(around, held, call);
        around.metrics().controlStreams().incrementAndGet();
        call.onMessage(stream::onMessage);
        call.onHalfClose(() -> stream.end(Ended.LEFT, GrpcStatus.OK, ""));
        call.onEnd(stream::onEnd);
        return stream;
    }

    private void onMessage(byte[] bytes) {
        var now = around.clock().instant();
        pulse.heard(now);
        gate.holdFor(around.bytes().of(cluster).take(ReadGate.cost(bytes), now));
        try {
            var up = ControlUp.parseFrom(bytes);
            switch (up.getBodyCase()) {
                case HELLO -> greet();
                case HEARTBEAT -> {}
                case INVESTIGATION_RESULT, DRY_RUN_RESULT, ACTION_RESULT -> onResult(up);
                case BODY_NOT_SET ->
                        throw new Malformed(Malformed.Reason.UNKNOWN, "a body of an unknown kind");
            }
        } catch (InvalidProtocolBufferException e) {
            end(Ended.MALFORMED, GrpcStatus.INVALID_ARGUMENT, "no ControlUp");
        } catch (Malformed e) {
            end(Ended.MALFORMED, GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        }
    }

    private void greet() {
        if (greeted) {
            throw new Malformed(Malformed.Reason.UNKNOWN, "ControlHello comes once");
        }
        greeted = true;
        around.control().announce(cluster, place);
        send(
                ControlDown.newBuilder()
                        .setSettings(Downward.settings(around.config().heartbeat()))
                        .build());
        around.bus()
                .serve(Topics.COMMAND_ISSUED, cluster.toString(), this::onCommand)
                .onSuccess(this::keep);
    }

    private void keep(Registration registration) {
        if (call.isEnded()) {
            registration.end();
        } else {
            registrations.add(registration);
            LOG.atInfo().addKeyValue("cluster", cluster).log("control stream opened");
        }
    }

    private Future<Dispatch> onCommand(CommandIssued issued) {
        var dispatch = dispatch(issued.command());
        around.metrics()
                .command(
                        switch (dispatch) {
                            case Dispatch.Taken(var id) -> Dispatched.TAKEN;
                            case Dispatch.Unreachable(var why) -> Dispatched.UNREACHABLE;
                            case Dispatch.Declined(var why) -> Dispatched.DECLINED;
                        });
        return Future.succeededFuture(dispatch);
    }

    private Dispatch dispatch(Command command) {
        var id = command.id();
        var message = CommandToWire.write(command);
        if (message.getSerializedSize() > WireLimits.MESSAGE_BYTES) {
            return new Dispatch.Declined("the command is larger than 1 MiB");
        }
        if (id.isEmpty() || id.length() > WireLimits.ID_CHARS) {
            return new Dispatch.Declined("a command's id has 1 to 64 characters");
        }
        if (call.isEnded() || call.isFull()) {
            return new Dispatch.Unreachable("the cluster's operator does not read its commands");
        }
        var counts = !(command instanceof Command.CancelInvestigation);
        if (counts && !inFlight.add(id, around.clock().instant())) {
            around.metrics().hit(Limit.COMMANDS_IN_FLIGHT);
            return new Dispatch.Unreachable("too many commands have no outcome yet");
        }
        send(message);
        return new Dispatch.Taken(id);
    }

    private void onResult(ControlUp up) {
        if (!greeted) {
            throw new Malformed(Malformed.Reason.UNKNOWN, "ControlHello must come first");
        }
        switch (outcomes.read(up, around.clock().instant())) {
            case OutcomeReader.Reading.More() -> {}
            case OutcomeReader.Reading.Whole(var id, var outcome) -> onOutcome(id, outcome);
        }
    }

    private void onOutcome(String id, Outcome outcome) {
        inFlight.ended(id);
        waiting++;
        gate.holdWhile(isWaitingFull(), Limit.OUTCOMES_WAITING);
        new Persistently(around.vertx(), around.bus(), around.clock())
                .tell(
                        Topics.COMMAND_ENDED,
                        new CommandEnded(cluster, id, outcome, around.clock().instant()),
                        around.config().outcomePatience())
                .onSuccess(noted -> onNoted(id, noted));
    }

    private void onNoted(String id, boolean noted) {
        waiting--;
        gate.holdWhile(isWaitingFull(), Limit.OUTCOMES_WAITING);
        if (!noted) {
            around.metrics().hit(Limit.OUTCOME_DROPPED);
            LOG.atWarn()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("command", id)
                    .log("outcome dropped, because no owner noted it; the owner will ask again");
        }
    }

    private boolean isWaitingFull() {
        return waiting >= around.config().outcomesWaiting();
    }

    private void giveWay(Newest.Why why) {
        switch (why) {
            case REPLACED -> end(Ended.REPLACED, GrpcStatus.ABORTED, "a newer stream took over");
            case OWNER_GONE ->
                    end(
                            Ended.OWNER_GONE,
                            GrpcStatus.UNAVAILABLE,
                            "the cluster has another owner by now");
        }
    }

    private void beat() {
        if (!call.isFull()) {
            send(Downward.controlHeartbeat(around.clock().instant()));
        }
    }

    private void send(ControlDown message) {
        if (!call.isEnded()) {
            call.send(message);
        }
    }

    private void silent() {
        around.metrics().hit(Limit.SILENCE);
        end(
                Ended.SILENT,
                GrpcStatus.UNAVAILABLE,
                "nothing was heard for " + around.config().silence());
    }

    private void end(Ended why, GrpcStatus status, String text) {
        if (!call.isEnded()) {
            reason = why;
            call.finish(status, text);
        }
    }

    private void onEnd(Call.Ending ending) {
        pulse.stop();
        registrations.forEach(Registration::end);
        around.control().forget(cluster, place);
        around.metrics().controlStreams().decrementAndGet();
        var why = EndReasons.of(ending, reason);
        around.metrics().ended(why);
        LOG.atInfo()
                .addKeyValue("cluster", cluster)
                .addKeyValue("reason", why)
                .log("control stream ended");
    }
}
