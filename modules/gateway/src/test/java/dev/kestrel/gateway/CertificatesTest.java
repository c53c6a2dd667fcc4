package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.IdentityRevoked;
import dev.kestrel.testkit.Awaited;

import io.vertx.grpc.common.GrpcStatus;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whoever shows a certificate that is not good hears nothing of why; we know, with both engines of
 * TLS.
 */
class CertificatesTest {
    private static final String PROD = "spiffe://kestrel/tenant/acme/cluster/prod";

    @TempDir private Path directory;
    @TempDir private Path elsewhere;

    /** What a peer may show. */
    enum Shown {
        NOTHING,
        EXPIRED,
        NOT_YET_VALID,
        OF_ANOTHER_AUTHORITY,
        SELF_SIGNED,
        OF_A_SERVER,
        WITHOUT_A_NAME,
        WITH_TWO_NAMES,
        OF_ANOTHER_TRUST_DOMAIN,
        MALFORMED_NAME,
        NEVER_RECORDED,
        OF_A_CLUSTER_THAT_DOES_NOT_EXIST
    }

    @ParameterizedTest
    @CsvSource({
        "NOTHING, no_certificate",
        "EXPIRED, expired",
        "NOT_YET_VALID, not_yet_valid",
        "OF_ANOTHER_AUTHORITY, untrusted",
        "SELF_SIGNED, untrusted",
        "OF_A_SERVER, untrusted",
        "WITHOUT_A_NAME, no_cluster",
        "WITH_TWO_NAMES, no_cluster",
        "OF_ANOTHER_TRUST_DOMAIN, no_cluster",
        "MALFORMED_NAME, no_cluster",
        "NEVER_RECORDED, revoked",
        "OF_A_CLUSTER_THAT_DOES_NOT_EXIST, revoked"
    })
    void whoIsNotGoodIsRefusedAndCountedByReason(Shown shown, String reason) {
        for (var tls : List.of("openssl", "jdk")) {
            try (var site = Site.with(directory, "tls", tls)) {
                var key = TestKeys.draw();

                var ended = site.operator(key, certificate(shown, site, key)).knock();

                assertThat(ended.status()).isIn(unheard(), unauthenticated());
                assertThat(ended.message().toLowerCase(java.util.Locale.ROOT))
                        .as("what the peer hears")
                        .doesNotContain("expired", "not yet", "path", "trust", "spiffe", "two");
                Served.until(
                        tls + " counts " + reason,
                        () -> site.counted("kestrel_connections_refused", "reason", reason) >= 1);
                assertThat(site.owner.opened).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void whoIsGoodIsServedUntilItIsRevoked(String tls) {
        try (var site = Site.with(directory, "tls", tls)) {
            var operator = site.enrolled(Site.PROD);
            var stream = operator.telemetry().send(Say.hello("b"));
            Say.welcome(stream);
            stream.send(Say.batch(1));
            Say.acknowledged(stream, 1);

            Awaited.await(site.clusters.revoke(Site.PROD, site.clock.instant()));
            var told = System.nanoTime();
            site.bus.tell(Topics.IDENTITY_REVOKED, new IdentityRevoked(Site.PROD, ""));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            var took = Duration.ofNanos(System.nanoTime() - told).toMillis();
            System.out.println(tls + ": cut " + took + " ms after it was revoked");
            var again = site.operator(operator.key, operator.certificate).telemetry();
            again.send(Say.hello("b"));
            assertThat(again.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            assertThat(site.counted("kestrel_connections_refused", "reason", "revoked"))
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static Optional<GrpcStatus> unheard() {
        return Optional.empty();
    }

    private static Optional<GrpcStatus> unauthenticated() {
        return Optional.of(GrpcStatus.UNAUTHENTICATED);
    }

    private String certificate(Shown shown, Site site, KeyPair key) {
        var now = site.clock.instant();
        var ours = new TestCertificates(directory);
        return switch (shown) {
            case NOTHING -> "";
            case EXPIRED -> ours.client(key, now.minus(Duration.ofDays(1)), PROD);
            case NOT_YET_VALID -> ours.client(key, now.plus(Duration.ofHours(2)), PROD);
            case OF_ANOTHER_AUTHORITY -> {
                site.authority(elsewhere, "kestrel");
                yield new TestCertificates(elsewhere).client(key, now, PROD);
            }
            case SELF_SIGNED -> ours.selfSigned(key, now, PROD);
            case OF_A_SERVER ->
                    ours.with(key, KeyPurposeId.id_kp_serverAuth, now, Duration.ofHours(1), PROD);
            case WITHOUT_A_NAME -> ours.client(key, now);
            case WITH_TWO_NAMES ->
                    ours.client(key, now, PROD, "spiffe://kestrel/tenant/globex/cluster/prod");
            case OF_ANOTHER_TRUST_DOMAIN ->
                    ours.client(key, now, "spiffe://other/tenant/acme/cluster/prod");
            case MALFORMED_NAME ->
                    ours.client(key, now, "spiffe://kestrel/tenant/acme/cluster/prod/../x");
            case NEVER_RECORDED -> {
                site.enrolled(Site.PROD);
                yield ours.client(key, now, PROD);
            }
            case OF_A_CLUSTER_THAT_DOES_NOT_EXIST ->
                    ours.client(key, now, "spiffe://kestrel/tenant/globex/cluster/nowhere");
        };
    }
}
