package dev.kestrel.cli.bench;

import dev.kestrel.gateway.identity.CertificateAuthority.ServerIdentity;
import dev.kestrel.protocol.Downward;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryGrpcService;
import dev.kestrel.protocol.wire.v1.TelemetryUp;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the gateway is compared with: a bare gRPC server of Vert.x over the same mTLS that
 * acknowledges every batch and forgets it. No engine, no journal, no checks.
 */
final class Sink {
    private static final int CREDIT = 32;

    private final HttpServerOptions options;

    private Sink(ServerIdentity identity, String trust) {
        options =
                new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(identity.chain()))
                                        .addKeyValue(Buffer.buffer(identity.key())))
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(trust)));
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
    }

    /** Serves on one event loop until Vert.x is closed; answers its port. */
    static Future<Integer> start(Vertx vertx, ServerIdentity identity, String trust) {
        var sink = new Sink(identity, trust);
        var port = new AtomicInteger();
        var instances = 1;
        return vertx.deployVerticle(
                        () -> new SinkVerticle(sink.options, port),
                        new DeploymentOptions().setInstances(instances))
                .map(deployed -> port.get());
    }

    private static final class SinkVerticle extends VerticleBase {
        private final HttpServerOptions options;
        private final AtomicInteger port;

        SinkVerticle(HttpServerOptions options, AtomicInteger port) {
            this.options = options;
            this.port = port;
        }

        @Override
        public Future<?> start() {
            var calls = GrpcServer.server(vertx);
            calls.callHandler(TelemetryGrpcService.Stream, Sink::serve);
            return vertx.createHttpServer(options)
                    .requestHandler(calls)
                    .listen(-1)
                    .onSuccess(server -> port.set(server.actualPort()));
        }
    }

    private static void serve(GrpcServerRequest<TelemetryUp, TelemetryDown> call) {
        call.response().encoding("identity");
        call.handler(
                up -> {
                    if (up.hasBatch()) {
                        var sequence = up.getBatch().getSequence();
                        call.response().write(Downward.acknowledgement(sequence));
                    } else if (up.hasHello()) {
                        var now = Clock.systemUTC().instant();
                        call.response().write(Downward.welcome(0, CREDIT, now));
                    }
                });
        call.endHandler(end -> call.response().end());
    }
}
