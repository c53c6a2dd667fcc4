package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Bus;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.identity.CertificateAuthority;
import dev.kestrel.gateway.identity.FileCertificateAuthority;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.testkit.access.InMemoryClusters;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

class ServerCertificateTest {
    @TempDir private Path directory;
    private final Vertx vertx = Vertx.vertx();

    /** A client that nobody knows any more takes its connections with it. */
    private final List<HttpClientAgent> clients = new ArrayList<>();

    @Test
    void isRenewedWhileThePortServesAndOpenConnectionsStay() throws Exception {
        var authority =
                new ShortLived(
                        FileCertificateAuthority.open(
                                directory,
                                "kestrel",
                                Duration.ofHours(24),
                                new SecureRandom(),
                                Clock.systemUTC().instant()));
        var gateway = Served.await(Gateway.start(needs(authority), config()));
        var first = connect(gateway, authority);
        var shown = serial(first);

        Served.until(
                "a new connection sees a new certificate",
                () -> !shown.equals(serial(connect(gateway, authority))));

        var answer = first.request(new RequestOptions().setMethod(HttpMethod.POST).setURI("/"));
        assertThat(Served.await(answer.compose(HttpClientRequest::send)).statusCode())
                .as("the first connection still serves")
                .isEqualTo(415);
        assertThat(clients).hasSizeGreaterThan(1);
        Served.await(gateway.stop());
        Served.await(vertx.close());
    }

    private Gateway.Needs needs(CertificateAuthority authority) {
        return new Gateway.Needs(
                vertx,
                Bus.on(vertx, new InMemoryOwners()),
                new InMemoryClusters(new InMemoryOwners()),
                authority,
                "node-1",
                Clock.systemUTC(),
                new SecureRandom(),
                new SimpleMeterRegistry());
    }

    private static GatewayConfig config() {
        return GatewayConfig.of(
                Map.of("enrolment-port", "0", "stream-port", "0", "instances", "1"));
    }

    private HttpClientConnection connect(Gateway gateway, CertificateAuthority authority) {
        var options = TestOperator.options(TestKeys.draw(), "", authority.trustBundle());
        var client = vertx.createHttpClient(options);
        clients.add(client);
        return Served.await(
                client.connect(
                        new HttpConnectOptions()
                                .setSsl(true)
                                .setHost("localhost")
                                .setPort(gateway.enrolmentPort())));
    }

    private static String serial(HttpClientConnection connection) {
        try {
            var certificate = (X509Certificate) connection.peerCertificates().getFirst();
            return certificate.getSerialNumber().toString(16);
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says that its certificates for servers end soon, so that they are renewed soon. */
    private record ShortLived(CertificateAuthority real) implements CertificateAuthority {
        @Override
        public CompletionStage<Verdict> issue(byte[] csr, ClusterRef cluster, Instant now) {
            return real.issue(csr, cluster, now);
        }

        @Override
        public CompletionStage<ServerIdentity> serve(List<String> names, Instant now) {
            return real.serve(names, now)
                    .thenApply(it -> new ServerIdentity(it.chain(), it.key(), now.plusSeconds(2)));
        }

        @Override
        public CompletionStage<ServerIdentity> join(String node, Instant now) {
            return real.join(node, now);
        }

        @Override
        public String nodeTrust() {
            return real.nodeTrust();
        }

        @Override
        public String trustBundle() {
            return real.trustBundle();
        }
    }
}
