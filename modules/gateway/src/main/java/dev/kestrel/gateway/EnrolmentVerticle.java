package dev.kestrel.gateway;

import dev.kestrel.gateway.call.Calls;
import dev.kestrel.gateway.call.Calls.Question;
import dev.kestrel.gateway.call.Reply;
import dev.kestrel.gateway.limit.Buckets;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics.Enrolled;
import dev.kestrel.gateway.limit.GatewayMetrics.Limit;
import dev.kestrel.gateway.limit.TokenBucket;
import dev.kestrel.protocol.WireLimits;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;

import java.time.InstantSource;

/** The port where a cluster without an identity gets one. Only {@code Enrol} is served here. */
final class EnrolmentVerticle extends VerticleBase {
    /** A request is a token and a signing request: much smaller than a batch. */
    private static final int REQUEST_BYTES = 4 * WireLimits.CSR_BYTES;

    private static final int REMEMBERED_ADDRESSES = 10_000;

    /** Strangers may hold this many connections; operators need theirs for a second only. */
    private static final int CONNECTIONS = 1_000;

    private final Gateway.Parts parts;
    private final Buckets<String> attempts;
    private int open;

    EnrolmentVerticle(Gateway.Parts parts) {
        this.parts = parts;
        this.attempts = attempts(parts.around().config(), parts.around().clock());
    }

    private static Buckets<String> attempts(GatewayConfig config, InstantSource clock) {
        return new Buckets<>(
                REMEMBERED_ADDRESSES,
                () ->
                        new TokenBucket(
                                config.enrolmentsPerMinute() / 60.0,
                                config.enrolmentsPerMinute(),
                                clock.instant()));
    }

    @Override
    public Future<?> start() {
        var calls =
                new Calls(vertx, REQUEST_BYTES)
                        .unary("kestrel.operator.v1.Enrolment/Enrol", this::enrol);
        return parts.ports()
                .open(ClientAuth.NONE)
                .compose(
                        server ->
                                server.exceptionHandler(parts.handshakes()::onFailure)
                                        .connectionHandler(this::onConnection)
                                        .requestHandler(calls)
                                        .listen(parts.around().config().enrolmentPort()))
                .onSuccess(server -> parts.enrolmentPort().complete(server.actualPort()));
    }

    private void onConnection(HttpConnection connection) {
        if (open >= CONNECTIONS) {
            parts.around().metrics().hit(Limit.CONNECTIONS);
            connection.close();
            return;
        }
        open++;
        connection.closeHandler(closed -> open--);
    }

    private Future<Reply> enrol(Question question) {
        var address = question.call().connection().remoteAddress().hostAddress();
        if (!attempts.of(String.valueOf(address)).tryTake(1, parts.around().clock().instant())) {
            parts.around().metrics().enrolment(Enrolled.TOO_MANY);
            return Future.succeededFuture(
                    new Reply.Refused(
                            GrpcStatus.RESOURCE_EXHAUSTED,
                            "too many attempts from this address: try again in a minute"));
        }
        return parts.desk().enrol(question.bytes());
    }
}
