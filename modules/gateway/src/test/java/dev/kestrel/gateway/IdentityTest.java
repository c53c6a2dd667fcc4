package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.IdentityRevoked;
import dev.kestrel.protocol.wire.v1.TelemetryDown;
import dev.kestrel.protocol.wire.v1.TelemetryUp;
import dev.kestrel.testkit.Awaited;

import io.vertx.grpc.common.GrpcStatus;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

class IdentityTest {
    private static final String PROD = "spiffe://kestrel/tenant/acme/cluster/prod";
    private static final String OTHER = "spiffe://kestrel/tenant/globex/cluster/prod";

    @TempDir private Path directory;
    @TempDir private Path elsewhere;

    @Test
    void withoutACertificateThereIsNoConnection() {
        try (var site = Site.with(directory)) {
            var ended = site.operator(TestKeys.draw(), "").knock();

            assertThat(ended.status()).isEmpty();
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsWorthNothing() {
        try (var site = Site.with(directory)) {
            site.authority(elsewhere, "kestrel");
            var key = TestKeys.draw();
            var forged = new TestCertificates(elsewhere).client(key, site.clock.instant(), PROD);

            var ended = site.operator(key, forged).knock();

            assertThat(ended.status()).isEmpty();
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void aCertificateThatNamesTwoClustersIsRefused() {
        try (var site = Site.with(directory)) {
            var key = TestKeys.draw();
            var both =
                    new TestCertificates(directory).client(key, site.clock.instant(), PROD, OTHER);

            var stream = site.operator(key, both).telemetry().send(Say.hello("b"));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void aCertificateThatNamesNoClusterIsRefused() {
        try (var site = Site.with(directory)) {
            var key = TestKeys.draw();
            var nobody = new TestCertificates(directory).client(key, site.clock.instant());

            var stream = site.operator(key, nobody).telemetry().send(Say.hello("b"));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
        }
    }

    @Test
    void anExpiredCertificateIsRefused() {
        try (var site = Site.with(directory)) {
            var key = TestKeys.draw();
            var old =
                    new TestCertificates(directory)
                            .client(key, site.clock.instant().minus(1, ChronoUnit.DAYS), PROD);

            var ended = site.operator(key, old).knock();

            assertThat(ended.status()).isEmpty();
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void aServersCertificateIsNoClients() {
        try (var site = Site.with(directory)) {
            var key = TestKeys.draw();
            var server =
                    new TestCertificates(directory)
                            .with(
                                    key,
                                    KeyPurposeId.id_kp_serverAuth,
                                    site.clock.instant(),
                                    Duration.ofHours(1),
                                    PROD);

            var ended = site.operator(key, server).knock();

            assertThat(ended.status()).isEmpty();
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void aCertificateThatWasNeverRecordedIsRefused() {
        try (var site = Site.with(directory)) {
            site.enrolled(Site.PROD);
            var key = TestKeys.draw();
            var unknown = new TestCertificates(directory).client(key, site.clock.instant(), PROD);

            var stream = site.operator(key, unknown).telemetry().send(Say.hello("b"));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            assertThat(site.owner.opened).isEmpty();
        }
    }

    @Test
    void revocationEndsAnOpenStreamAtOnceAndRefusesTheNext() {
        try (var site = Site.with(directory)) {
            var operator = site.enrolled(Site.PROD);
            var neighbour = site.enrolled(Site.OTHER).telemetry().send(Say.hello("n"));
            var stream = operator.telemetry().send(Say.hello("b"));
            Say.welcome(stream);
            Say.welcome(neighbour);

            Awaited.await(site.clusters.revoke(Site.PROD, site.clock.instant()));
            site.bus.tell(Topics.IDENTITY_REVOKED, new IdentityRevoked(Site.PROD, ""));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            var again = site.operator(operator.key, operator.certificate).telemetry();
            again.send(Say.hello("b"));
            assertThat(again.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
            neighbour.send(Say.batch(1));
            Say.acknowledged(neighbour, 1);
        }
    }

    @Test
    void revocationIsNoticedEvenWhenTheFactWasLost() {
        try (var site = Site.with(directory, "recheck", "100ms")) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("b"));
            Say.welcome(stream);

            Awaited.await(site.clusters.revoke(Site.PROD, site.clock.instant()));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
        }
    }

    @Test
    void aStreamDoesNotOutliveItsCertificate() {
        try (var site = Site.with(directory, "recheck", "100ms")) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("b"));
            Say.welcome(stream);

            site.later(Duration.ofHours(25));

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAUTHENTICATED);
        }
    }

    @Test
    void aRenewedStreamIsNotDropped() {
        try (var site = Site.with(directory, "recheck", "20ms", "heartbeat", "50ms")) {
            var operator = site.enrolled(Site.PROD);
            var stream = operator.telemetry().send(Say.hello("b"));
            Say.welcome(stream);
            site.later(Duration.ofHours(13));

            var renewed = Served.await(operator.renew(TestKeys.request(TestKeys.draw())));

            var first = TestCertificates.read(operator.certificate).getNotAfter();
            assertThat(TestCertificates.read(renewed.getCertificateChain()).getNotAfter())
                    .isAfter(first);
            site.later(Duration.ofHours(12));
            assertThat(site.clock.instant()).isAfter(first.toInstant());
            var beats = heartbeats(stream);
            Served.until("it was looked at again", () -> heartbeats(stream) > beats + 5);
            stream.send(Say.batch(1));
            Say.acknowledged(stream, 1);
        }
    }

    @Test
    void aRenewedCertificateConnects() {
        try (var site = Site.with(directory)) {
            var key = TestKeys.draw();
            var renewed = Served.await(site.enrolled(Site.PROD).renew(TestKeys.request(key)));

            var next = site.operator(key, renewed.getCertificateChain()).telemetry();

            Say.welcome(next.send(Say.hello("b")));
            assertThat(site.owner.opened.getFirst().cluster()).isEqualTo(Site.PROD);
        }
    }

    private static long heartbeats(TestStream<TelemetryUp, TelemetryDown> stream) {
        return stream.received.stream().filter(down -> down.hasHeartbeat()).count();
    }

    @Test
    void aRevokedClusterCannotRenew() {
        try (var site = Site.with(directory)) {
            var operator = site.enrolled(Site.PROD);
            Awaited.await(site.clusters.revoke(Site.PROD, site.clock.instant()));

            var renewal = operator.renew(TestKeys.request(TestKeys.draw()));

            Served.until("it is answered", renewal::isComplete);
            assertThat(renewal.failed()).isTrue();
        }
    }

    @Test
    void moreConnectionsThanAllowedAreClosed() {
        try (var site = Site.with(directory, "connections", "1")) {
            var first = site.enrolled(Site.PROD).telemetry().send(Say.hello("b"));
            Say.welcome(first);

            var second = site.enrolled(Site.OTHER);

            Served.until("the second is closed", () -> second.knock().status().isEmpty());
            assertThat(site.counted("kestrel_limit_hit", "limit", "connections")).isPositive();
            first.send(Say.batch(1));
            Say.acknowledged(first, 1);
        }
    }
}
