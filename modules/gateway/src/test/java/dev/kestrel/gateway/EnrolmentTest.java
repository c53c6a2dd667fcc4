package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.EnrolResponse;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.Future;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;

class EnrolmentTest {
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir private Path directory;

    private static GrpcStatus refusal(Future<EnrolResponse> enrolment) {
        Served.until("it is answered", enrolment::isComplete);
        assertThat(enrolment.cause()).isInstanceOf(InvalidStatusException.class);
        return ((InvalidStatusException) enrolment.cause()).actualStatus();
    }

    @Test
    void aTokenAndARequestBecomeACertificateOfOneDayForThatClusterOnly()
            throws CertificateException {
        try (var site = Site.with(directory)) {
            var token = site.invite(Site.PROD, site.clock.instant().plusSeconds(60));
            var now = site.clock.instant();

            var response =
                    Served.await(site.enrol(token.reveal(), TestKeys.request(TestKeys.draw())));

            var certificate = TestCertificates.read(response.getCertificateChain());
            assertThat(certificate.getSubjectAlternativeNames())
                    .containsExactly(List.of(6, "spiffe://kestrel/tenant/acme/cluster/prod"));
            assertThat(Duration.between(now, certificate.getNotAfter().toInstant()))
                    .isBetween(DAY.minusMinutes(1), DAY.plusMinutes(1));
            assertThat(certificate.getBasicConstraints()).as("no authority").isEqualTo(-1);
            assertThat(response.getTrustBundle()).isEqualTo(site.authority.trustBundle());
            assertThat(response.getSettings().getHeartbeatMillis()).isEqualTo(10_000);
            assertThat(site.counted("kestrel_enrolments", "outcome", "enrolled")).isEqualTo(1);
        }
    }

    @Test
    void aTokenWorksOnce() {
        try (var site = Site.with(directory)) {
            var token = site.invite(Site.PROD, site.clock.instant().plusSeconds(60)).reveal();
            Served.await(site.enrol(token, TestKeys.request(TestKeys.draw())));

            var again = site.enrol(token, TestKeys.request(TestKeys.draw()));

            assertThat(refusal(again)).isEqualTo(GrpcStatus.PERMISSION_DENIED);
        }
    }

    @Test
    void unknownAndExpiredTokensGetTheSameAnswer() {
        try (var site = Site.with(directory)) {
            var expired = site.invite(Site.PROD, site.clock.instant().minusSeconds(1)).reveal();
            var csr = TestKeys.request(TestKeys.draw());

            assertThat(refusal(site.enrol(expired, csr))).isEqualTo(GrpcStatus.PERMISSION_DENIED);
            assertThat(refusal(site.enrol("kst_nonsense", csr)))
                    .isEqualTo(GrpcStatus.PERMISSION_DENIED);
            assertThat(refusal(site.enrol("", csr))).isEqualTo(GrpcStatus.PERMISSION_DENIED);
        }
    }

    @Test
    void aBrokenRequestDoesNotCostTheToken() {
        try (var site = Site.with(directory)) {
            var token = site.invite(Site.PROD, site.clock.instant().plusSeconds(60)).reveal();

            assertThat(refusal(site.enrol(token, new byte[] {1, 2, 3})))
                    .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
            assertThat(refusal(site.enrol(token, new byte[0])))
                    .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
            assertThat(refusal(site.enrol(token, new byte[WireLimits.CSR_BYTES + 1])))
                    .isEqualTo(GrpcStatus.INVALID_ARGUMENT);

            Served.await(site.enrol(token, TestKeys.request(TestKeys.draw())));
        }
    }

    @Test
    void aKeyOnAnotherCurveIsRefused() {
        try (var site = Site.with(directory)) {
            var token = site.invite(Site.PROD, site.clock.instant().plusSeconds(60)).reveal();

            var csr = TestKeys.request(TestKeys.draw("secp384r1"));

            assertThat(refusal(site.enrol(token, csr))).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        }
    }

    @Test
    void aTokenOfARevokedClusterIsRefused() {
        try (var site = Site.with(directory)) {
            var token = site.invite(Site.PROD, site.clock.instant().plusSeconds(60)).reveal();
            Awaited.await(site.clusters.revoke(Site.PROD, site.clock.instant()));

            var enrolment = site.enrol(token, TestKeys.request(TestKeys.draw()));

            assertThat(refusal(enrolment)).isEqualTo(GrpcStatus.PERMISSION_DENIED);
        }
    }

    @Test
    void whoTriesTooOftenHasToWait() {
        try (var site = Site.with(directory, "enrolments-per-minute", "2")) {
            var csr = TestKeys.request(TestKeys.draw());
            assertThat(refusal(site.enrol("kst_1", csr))).isEqualTo(GrpcStatus.PERMISSION_DENIED);
            assertThat(refusal(site.enrol("kst_2", csr))).isEqualTo(GrpcStatus.PERMISSION_DENIED);

            var third = site.enrol("kst_3", csr);

            assertThat(refusal(third)).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
            assertThat(site.counted("kestrel_enrolments", "outcome", "too_many")).isEqualTo(1);
        }
    }
}
