package dev.kestrel.gateway;

import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.gateway.limit.GatewayConfig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The two TLS ports: how they are opened, and how their certificate is renewed while they serve.
 */
final class Ports {
    /**
     * A fleet that connects again at once takes longer for its handshakes than the default 10 s.
     */
    private static final int HANDSHAKE_SECONDS = 60;

    private static final int BACKLOG = 8192;
    private static final int CONNECTION_WINDOW_BYTES = 1 << 20;
    private static final int STREAM_WINDOW_BYTES = 256 << 10;
    private static final int STREAMS_PER_CONNECTION = 8;
    private static final int HEADER_BYTES = 8 << 10;
    private static final Set<String> TLS = Set.of("TLSv1.3");

    private final Vertx vertx;
    private final CertificateAuthority authority;
    private final GatewayConfig config;
    private final InstantSource clock;

    Ports(Vertx vertx, CertificateAuthority authority, GatewayConfig config, InstantSource clock) {
        this.vertx = vertx;
        this.authority = authority;
        this.config = config;
        this.clock = clock;
    }

    /** A port with the gateway's certificate; the caller sets the handlers and listens. */
    Future<HttpServer> open(ClientAuth clientAuth) {
        return identity()
                .map(
                        identity -> {
                            var server = vertx.createHttpServer(options(clientAuth, identity));
                            renewAtHalfLife(server, clientAuth, identity.notAfter());
                            return server;
                        });
    }

    private Future<CertificateAuthority.ServerIdentity> identity() {
        return Future.fromCompletionStage(
                authority.serve(config.serverNames(), clock.instant()), vertx.getOrCreateContext());
    }

    private HttpServerOptions options(
            ClientAuth clientAuth, CertificateAuthority.ServerIdentity identity) {
        var options =
                new HttpServerOptions()
                        .setHost(config.host())
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                        .setEnabledSecureTransportProtocols(TLS)
                        .setClientAuth(clientAuth)
                        .setKeyCertOptions(keyCert(identity))
                        .setTrustOptions(trust())
                        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                        .setAcceptBacklog(BACKLOG)
                        .setIdleTimeout((int) Math.max(1, config.silence().toMillis() * 3))
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                        .setInitialSettings(
                                new Http2Settings()
                                        .setInitialWindowSize(STREAM_WINDOW_BYTES)
                                        .setMaxConcurrentStreams(STREAMS_PER_CONNECTION)
                                        .setMaxHeaderListSize(HEADER_BYTES));
        return isOpenSsl() ? options.setSslEngineOptions(new OpenSSLEngineOptions()) : options;
    }

    private boolean isOpenSsl() {
        return switch (config.tls()) {
            case AUTO -> OpenSSLEngineOptions.isAvailable();
            case OPENSSL -> true;
            case JDK -> false;
        };
    }

    /**
     * New connections see the new certificate, old ones stay as they are. Everything is given by
     * value and forced: Vert.x compares options by path and would keep the old context.
     */
    private void renewAtHalfLife(HttpServer server, ClientAuth clientAuth, Instant notAfter) {
        var rest = Duration.between(clock.instant(), notAfter).dividedBy(2);
        vertx.setTimer(
                Math.max(1_000, rest.toMillis()),
                timer ->
                        identity()
                                .compose(
                                        identity ->
                                                server.updateSSLOptions(
                                                                ssl(clientAuth, identity), true)
                                                        .map(identity.notAfter()))
                                .onComplete(
                                        renewed ->
                                                renewAtHalfLife(
                                                        server,
                                                        clientAuth,
                                                        renewed.succeeded()
                                                                ? renewed.result()
                                                                : notAfter)));
    }

    private ServerSSLOptions ssl(
            ClientAuth clientAuth, CertificateAuthority.ServerIdentity identity) {
        return new ServerSSLOptions()
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of(HttpVersion.HTTP_2.alpnName()))
                .setEnabledSecureTransportProtocols(TLS)
                .setClientAuth(clientAuth)
                .setKeyCertOptions(keyCert(identity))
                .setTrustOptions(trust());
    }

    private static PemKeyCertOptions keyCert(CertificateAuthority.ServerIdentity identity) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.chain()))
                .addKeyValue(Buffer.buffer(identity.key()));
    }

    private PemTrustOptions trust() {
        return new PemTrustOptions().addCertValue(Buffer.buffer(authority.trustBundle()));
    }
}
