package dev.kestrel.simulator.api;

import dev.kestrel.simulator.SimulatedCluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The HTTPS API of a simulated cluster on 127.0.0.1. Kubernetes clients work against it unchanged.
 * Start it, hand out a {@link #kubeconfig}, and make its connections fail when a test wants that.
 */
public final class SimulatedApiServer {
    private final Vertx vertx;
    private final Certificates certificates;
    private final ApiFront front;
    private HttpServer server;
    private int port;

    /**
     * How the API is served.
     *
     * @param port 0 for any free one
     * @param bookmarks how often watches are told how far they have seen
     * @param validFrom the real time now, for the certificate
     * @param identities who may do what
     */
    public record Options(
            int port, Duration bookmarks, Instant validFrom, List<Identity> identities) {
        public Options {
            identities = List.copyOf(identities);
        }
    }

    public SimulatedApiServer(Vertx vertx, SimulatedCluster cluster, Options options) {
        this.vertx = vertx;
        this.certificates = Certificates.valid(options.validFrom());
        this.front = new ApiFront(vertx, cluster, options);
        this.port = options.port();
        this.server = create();
    }

    private HttpServer create() {
        var keys =
                new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificates.certificate()))
                        .addKeyValue(Buffer.buffer(certificates.key()));
        var settings =
                new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setSsl(true)
                        .setKeyCertOptions(keys)
                        .setMaxWebSocketMessageSize(1 << 22)
                        .setMaxWebSocketFrameSize(1 << 22);
        return vertx.createHttpServer(settings).requestHandler(front::answer);
    }

    /** Begins to listen. */
    public Future<SimulatedApiServer> start() {
        return server.listen(port)
                .map(
                        listening -> {
                            port = listening.actualPort();
                            return this;
                        });
    }

    /** Stops listening and cuts every connection; {@link #start} after {@link #restart} only. */
    public Future<Void> stop() {
        front.dropStreams();
        return server.close();
    }

    /** Goes away for a while, as an API server that is restarted does, and comes back. */
    public Future<SimulatedApiServer> restart(Duration away) {
        return stop().compose(
                        _ ->
                                vertx.timer(
                                        away.toMillis(),
                                        java.util.concurrent.TimeUnit.MILLISECONDS))
                .compose(
                        _ -> {
                            server = create();
                            return start();
                        });
    }

    /** Cuts every open watch and followed log; clients may connect again at once. */
    public void dropStreams() {
        front.dropStreams();
    }

    /**
     * Says nothing more on every open watch and followed log and leaves them open, as where
     * something between client and server forgot the connection. New ones are served.
     */
    public void muteStreams() {
        front.muteStreams();
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** PEM of the authority that signed the server's certificate. */
    public String authorityPem() {
        return certificates.authority();
    }

    /** Every request made so far, oldest first. */
    public List<AuditEntry> audit() {
        return front.audit();
    }

    /** The text of a kubeconfig file for a token. */
    public String kubeconfig(String token) {
        var encoded =
                java.util.Base64.getEncoder()
                        .encodeToString(
                                certificates
                                        .authority()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return """
        apiVersion: v1
        kind: Config
        current-context: simulated
        clusters:
        - name: simulated
          cluster:
            server: %s
            certificate-authority-data: %s
        contexts:
        - name: simulated
          context:
            cluster: simulated
            user: simulated
        users:
        - name: simulated
          user:
            token: %s
        """
                .formatted(url(), encoded, token);
    }
}
