package dev.kestrel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.gateway.call.Reply;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.protocol.wire.v1.EnrolRequest;
import dev.kestrel.testkit.access.InMemoryClusters;
import dev.kestrel.testkit.hostile.Target;
import dev.kestrel.testkit.signal.InMemoryOwners;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A stranger's request to be enrolled, the signing request in it, and a certificate as a peer: each
 * is answered with a refusal, and nobody gets in.
 */
public final class EnrolmentTarget implements Target {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    /** PKCS #10 with a P-256 key, made once; its private key is lost. */
    private static final String REQUEST =
            "MIHJMHICAQAwEDEOMAwGA1UEAwwFcHJvZDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARqCMHtPzkm"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKAAMAoG"
                + "CCqGSM49BAMCA0cAMEQCIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAiAAAAAAAAAAAAA"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private final EnrolmentDesk desk =
            new EnrolmentDesk(
                    new InMemoryClusters(new InMemoryOwners()),
                    new Nobody(),
                    GatewayConfig.defaults(),
                    () -> NOW,
                    new GatewayMetrics(new SimpleMeterRegistry()));

    /** Signs nothing: whoever gets as far as this got too far. */
    private record Nobody() implements CertificateAuthority {
        @Override
        public CompletionStage<Verdict> issue(
                byte[] csr, dev.kestrel.domain.signal.ClusterRef cluster, Instant now) {
            throw new AssertionError("a stranger was let in");
        }

        @Override
        public CompletionStage<ServerIdentity> serve(List<String> names, Instant now) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<ServerIdentity> join(String node, Instant now) {
            return new CompletableFuture<>();
        }

        @Override
        public String trustBundle() {
            return "";
        }

        @Override
        public String nodeTrust() {
            return "";
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        new EnrolmentTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        var pair = EcKeys.draw(new SecureRandom());
        var made = Base64.getMimeDecoder().decode(REQUEST);
        var whole =
                EnrolRequest.newBuilder()
                        .setJoinToken("kst_" + "a".repeat(43))
                        .setCsr(ByteString.copyFrom(made))
                        .build();
        return List.of(whole.toByteArray(), made, pair.getPublic().getEncoded());
    }

    @Override
    public List<String> words() {
        return List.of(
                "0\u0082",
                "\u0006\u0008",
                "kst_",
                "spiffe://kestrel/tenant/a/cluster/b",
                "\u00a0\u0000");
    }

    @Override
    public void feed(byte[] input) {
        var reply = desk.enrol(input);
        assertThat(reply.result()).isInstanceOf(Reply.Refused.class);
        assertThat(SigningRequest.read(input)).isNotNull();
        assertThat(JoinToken.presented(new String(input, StandardCharsets.UTF_8)).digest())
                .hasSize(32);
        try {
            var certificate =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(input));
            assertThat(Peer.read(List.of(certificate), "kestrel")).isNotNull();
        } catch (CertificateException none) {
            assertThat(none).isNotNull();
        }
    }
}
