package dev.kestrel.operator.link;

import dev.kestrel.protocol.wire.v1.Ack;
import dev.kestrel.protocol.wire.v1.BatchRefused;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlGrpcClient;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.EnrolRequest;
import dev.kestrel.protocol.wire.v1.EnrolResponse;
import dev.kestrel.protocol.wire.v1.EnrolmentGrpcClient;
import dev.kestrel.protocol.wire.v1.Hello;
import dev.kestrel.protocol.wire.v1.RenewRequest;
import dev.kestrel.protocol.wire.v1.RenewResponse;
import dev.kestrel.protocol.wire.v1.SignalBatch;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryGrpcClient;
import dev.kestrel.protocol.wire.v1.TelemetryUp;
import dev.kestrel.protocol.wire.v1.Welcome;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A cloud of one process: the real wire over mTLS, and a script in place of a journal. */
public final class TestCloud implements AutoCloseable {
    public static final String JOIN_TOKEN = "join-me";

    public final List<Hello> hellos = new CopyOnWriteArrayList<>();
    public final List<SignalBatch> batches = new CopyOnWriteArrayList<>();
    public final List<ControlUp> answers = new CopyOnWriteArrayList<>();
    public final List<String> serials = new CopyOnWriteArrayList<>();
    public final List<GrpcServerRequest<TelemetryUp, TelemetryDown>> telemetry =
            new CopyOnWriteArrayList<>();
    public final List<GrpcServerRequest<ControlUp, ControlDown>> control =
            new CopyOnWriteArrayList<>();
    public final TestAuthority authority;

    public volatile boolean acknowledging = true;
    public volatile long resumeAfter;
    public volatile long refusing;
    public volatile boolean remembering = true;
    public volatile int credit = 8;
    public volatile boolean welcoming = true;
    public volatile Duration lifetime = Duration.ofHours(1);
    public final java.util.concurrent.atomic.AtomicInteger renewals =
            new java.util.concurrent.atomic.AtomicInteger();

    private final HttpServer streams;
    private final HttpServer enrolment;

    public TestCloud(Vertx vertx) {
        this(vertx, new TestAuthority());
    }

    /** Another node of the same cloud. */
    TestCloud(Vertx vertx, TestAuthority authority) {
        this.authority = authority;
        var grpc = GrpcServer.server(vertx);
        grpc.callHandler(
                server(
                        TelemetryGrpcClient.Stream,
                        GrpcMessageDecoder.decoder(TelemetryUp.newBuilder())),
                this::onTelemetry);
        grpc.callHandler(
                server(
                        ControlGrpcClient.Stream,
                        GrpcMessageDecoder.decoder(ControlUp.newBuilder())),
                this::onControl);
        grpc.callHandler(
                server(
                        EnrolmentGrpcClient.Renew,
                        GrpcMessageDecoder.decoder(RenewRequest.newBuilder())),
                call ->
                        call.handler(
                                request -> {
                                    renewals.incrementAndGet();
                                    call.response()
                                            .end(
                                                    RenewResponse.newBuilder()
                                                            .setCertificateChain(
                                                                    sign(
                                                                            request.getCsr()
                                                                                    .toByteArray()))
                                                            .setTrustBundle(authority.pem())
                                                            .build());
                                }));
        var joining = GrpcServer.server(vertx);
        joining.callHandler(
                server(
                        EnrolmentGrpcClient.Enrol,
                        GrpcMessageDecoder.decoder(EnrolRequest.newBuilder())),
                this::onEnrol);
        streams = listen(vertx, grpc, ClientAuth.REQUIRED);
        enrolment = listen(vertx, joining, ClientAuth.NONE);
    }

    private static <Q, R extends com.google.protobuf.MessageLite> ServiceMethod<Q, R> server(
            ServiceMethod<R, Q> method, GrpcMessageDecoder<Q> decoder) {
        return ServiceMethod.server(
                method.serviceName(), method.methodName(), GrpcMessageEncoder.encoder(), decoder);
    }

    private HttpServer listen(Vertx vertx, GrpcServer grpc, ClientAuth auth) {
        var pair = authority.server();
        var options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setClientAuth(auth)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addKeyValue(Buffer.buffer(pair[0]))
                                        .addCertValue(Buffer.buffer(pair[1])))
                        .setTrustOptions(
                                new PemTrustOptions().addCertValue(Buffer.buffer(authority.pem())));
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(grpc)
                    .listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void onEnrol(GrpcServerRequest<EnrolRequest, EnrolResponse> call) {
        call.handler(
                request -> {
                    if (!request.getJoinToken().equals(JOIN_TOKEN)) {
                        call.response().status(GrpcStatus.PERMISSION_DENIED).end();
                        return;
                    }
                    call.response()
                            .end(
                                    EnrolResponse.newBuilder()
                                            .setCertificateChain(
                                                    sign(request.getCsr().toByteArray()))
                                            .setTrustBundle(authority.pem())
                                            .build());
                });
    }

    private String sign(byte[] request) {
        return authority.sign(request, Instant.now().plus(lifetime));
    }

    private void onTelemetry(GrpcServerRequest<TelemetryUp, TelemetryDown> call) {
        telemetry.add(call);
        try {
            var certificate =
                    (java.security.cert.X509Certificate)
                            call.connection().peerCertificates().getFirst();
            serials.add(certificate.getSerialNumber().toString());
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
        call.handler(up -> onUp(call, up));
        call.endHandler(ignored -> call.response().end());
    }

    private void onUp(GrpcServerRequest<TelemetryUp, TelemetryDown> call, TelemetryUp up) {
        switch (up.getBodyCase()) {
            case HELLO -> {
                hellos.add(up.getHello());
                if (welcoming) {
                    call.response()
                            .write(
                                    TelemetryDown.newBuilder()
                                            .setWelcome(
                                                    Welcome.newBuilder()
                                                            .setResumeAfter(
                                                                    remembering ? resumeAfter : 0)
                                                            .setCredit(credit))
                                            .build());
                }
            }
            case BATCH -> onBatch(call, up.getBatch());
            case HEARTBEAT ->
                    call.response()
                            .write(
                                    TelemetryDown.newBuilder()
                                            .setHeartbeat(up.getHeartbeat())
                                            .build());
            case BODY_NOT_SET -> throw new IllegalStateException("an empty message");
        }
    }

    private void onBatch(GrpcServerRequest<TelemetryUp, TelemetryDown> call, SignalBatch batch) {
        if (batch.getSequence() == refusing) {
            refusing = 0;
            refuse(call, batch.getSequence());
            return;
        }
        batches.add(batch);
        resumeAfter = Math.max(resumeAfter, batch.getSequence());
        if (acknowledging) {
            acknowledge(call, batch.getSequence());
        }
    }

    /** What is under way behind it is not taken either. */
    private static void refuse(GrpcServerRequest<TelemetryUp, TelemetryDown> call, long sequence) {
        call.handler(ignored -> {});
        call.response()
                .write(
                        TelemetryDown.newBuilder()
                                .setBatchRefused(
                                        BatchRefused.newBuilder()
                                                .setSequence(sequence)
                                                .setReason("too_large"))
                                .build());
        call.response().status(GrpcStatus.RESOURCE_EXHAUSTED).end();
    }

    /** Says that everything up to the sequence is durable. */
    public static void acknowledge(
            GrpcServerRequest<TelemetryUp, TelemetryDown> call, long sequence) {
        call.response()
                .write(
                        TelemetryDown.newBuilder()
                                .setAck(Ack.newBuilder().setSequence(sequence))
                                .build());
    }

    private void onControl(GrpcServerRequest<ControlUp, ControlDown> call) {
        control.add(call);
        call.handler(
                up -> {
                    answers.add(up);
                    if (up.hasHeartbeat()) {
                        call.response()
                                .write(
                                        ControlDown.newBuilder()
                                                .setHeartbeat(up.getHeartbeat())
                                                .build());
                    }
                });
        call.endHandler(ignored -> call.response().end());
    }

    public int streamPort() {
        return streams.actualPort();
    }

    public int enrolmentPort() {
        return enrolment.actualPort();
    }

    @Override
    public void close() {
        streams.close();
        enrolment.close();
    }
}
