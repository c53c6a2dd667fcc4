package dev.kestrel.gateway;

import dev.kestrel.bus.Bus.Registration;
import dev.kestrel.bus.Topics;
import dev.kestrel.gateway.call.Call;
import dev.kestrel.gateway.call.Calls;
import dev.kestrel.gateway.call.Calls.Question;
import dev.kestrel.gateway.call.Reply;
import dev.kestrel.gateway.identity.Admission;
import dev.kestrel.gateway.session.ControlStream;
import dev.kestrel.gateway.session.Surroundings;
import dev.kestrel.gateway.session.TelemetryStream;
import dev.kestrel.protocol.WireLimits;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The port of the streams: serves the connections of one event loop. */
final class StreamVerticle extends VerticleBase {
    private static final int FEW_STREAMS = 64;

    private final Gateway.Parts parts;
    private final Surroundings around;
    private final Admission admission;
    private final Set<TelemetryStream> streams = new LinkedHashSet<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<Registration> registrations = new ArrayList<>();
    private int sweepAt = FEW_STREAMS;
    private boolean draining;

    StreamVerticle(Gateway.Parts parts) {
        this.parts = parts;
        this.around = parts.around();
        this.admission =
                new Admission(
                        around.vertx(),
                        around.enrolments(),
                        around.config(),
                        around.clock(),
                        around.metrics(),
                        parts.calls());
    }

    @Override
    public Future<?> start() {
        var calls =
                new Calls(vertx, WireLimits.MESSAGE_BYTES)
                        .stream("kestrel.operator.v1.Telemetry/Stream", this::telemetry).stream(
                                        "kestrel.operator.v1.Control/Stream", this::control)
                                .unary("kestrel.operator.v1.Enrolment/Renew", this::renew);
        registrations.add(
                around.bus()
                        .onFact(
                                Topics.IDENTITY_REVOKED,
                                revoked -> admission.revoke(revoked.cluster(), revoked.serial())));
        return parts.ports()
                .open(ClientAuth.REQUIRED)
                .compose(
                        server ->
                                server.exceptionHandler(parts.handshakes()::onFailure)
                                        .connectionHandler(admission::onConnection)
                                        .requestHandler(calls)
                                        .listen(sharedPort()))
                .onSuccess(servers::add)
                .onSuccess(server -> parts.streamPort().tryComplete(server.actualPort()));
    }

    /** Instances share a free port only when it is asked for by a negative number. */
    private int sharedPort() {
        var port = around.config().streamPort();
        return port == 0 ? -1 : port;
    }

    /** Operators are told to leave, and have a while for it; who stays is cut off. */
    @Override
    public Future<?> stop() {
        draining = true;
        registrations.forEach(Registration::end);
        streams.forEach(TelemetryStream::drain);
        return left(around.config().drain().toMillis())
                .compose(
                        left ->
                                Future.join(
                                        servers.stream()
                                                .map(server -> server.shutdown(1, TimeUnit.SECONDS))
                                                .toList()));
    }

    private Future<Void> left(long millis) {
        var left = Promise.<Void>promise();
        var step = Math.max(1, Math.min(50, millis));
        if (streams.stream().allMatch(TelemetryStream::isEnded) || millis <= 0) {
            left.complete();
        } else {
            vertx.setTimer(step, timer -> left(millis - step).onComplete(left));
        }
        return left.future();
    }

    private void telemetry(Call call) {
        if (isRefused(call)) {
            return;
        }
        call.pause();
        admission.admit(
                call,
                held -> {
                    sweep();
                    streams.add(TelemetryStream.serve(around, held, call));
                    call.resume();
                });
    }

    /** Once as many came as were left the last time: opening one costs the same at any number. */
    private void sweep() {
        if (streams.size() >= sweepAt) {
            streams.removeIf(TelemetryStream::isEnded);
            sweepAt = Math.max(FEW_STREAMS, 2 * streams.size());
        }
    }

    private void control(Call call) {
        if (isRefused(call)) {
            return;
        }
        call.pause();
        admission.admit(
                call,
                held -> {
                    ControlStream.serve(around, held, call);
                    call.resume();
                });
    }

    /** A node on its way out takes nobody in. */
    private boolean isRefused(Call call) {
        if (draining) {
            call.finish(GrpcStatus.UNAVAILABLE, "this node is leaving: connect to another");
            call.connection().shutdown();
        }
        return draining;
    }

    private Future<Reply> renew(Question question) {
        var reply = Promise.<Reply>promise();
        admission.admit(
                question.call(),
                held -> parts.desk().renew(held, question.bytes()).onComplete(reply));
        return reply.future();
    }
}
