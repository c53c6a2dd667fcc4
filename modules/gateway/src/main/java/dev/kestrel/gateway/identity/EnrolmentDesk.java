package dev.kestrel.gateway.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;

import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.access.JoinToken;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.gateway.call.Reply;
import dev.kestrel.gateway.identity.CertificateAuthority.Verdict;
import dev.kestrel.gateway.limit.GatewayConfig;
import dev.kestrel.gateway.limit.GatewayMetrics;
import dev.kestrel.gateway.limit.GatewayMetrics.Enrolled;
import dev.kestrel.protocol.Downward;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.wire.v1.EnrolRequest;
import dev.kestrel.protocol.wire.v1.EnrolResponse;
import dev.kestrel.protocol.wire.v1.RenewRequest;
import dev.kestrel.protocol.wire.v1.RenewResponse;

import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** Trades join tokens, and certificates that end soon, for new certificates. */
public final class EnrolmentDesk {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentDesk.class);

    private final Enrolments enrolments;
    private final CertificateAuthority authority;
    private final GatewayConfig config;
    private final InstantSource clock;
    private final GatewayMetrics metrics;

    public EnrolmentDesk(
            Enrolments enrolments,
            CertificateAuthority authority,
            GatewayConfig config,
            InstantSource clock,
            GatewayMetrics metrics) {
        this.enrolments = enrolments;
        this.authority = authority;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Answers {@code Enrol}. The signing request is checked before the token is used up, so that a
     * broken one does not cost the token.
     */
    public Future<Reply> enrol(byte[] bytes) {
        EnrolRequest request;
        try {
            request = EnrolRequest.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return malformed("this is no EnrolRequest");
        }
        if (request.getJoinToken().length() > WireLimits.JOIN_TOKEN_CHARS) {
            return malformed("a join token has at most 256 characters");
        }
        var csr = request.getCsr().toByteArray();
        if (SigningRequest.read(csr) instanceof SigningRequest.Reading.Unusable(var why)) {
            return malformed(why);
        }
        var now = clock.instant();
        var digest = JoinToken.presented(request.getJoinToken()).digest();
        return Future.fromCompletionStage(enrolments.redeem(digest, now))
                .compose(
                        redeemed ->
                                redeemed.isPresent()
                                        ? enrol(redeemed.get(), csr, now)
                                        : badToken());
    }

    private Future<Reply> enrol(ClusterRef cluster, byte[] csr, Instant now) {
        return issue(
                cluster,
                csr,
                now,
                Enrolled.ENROLLED,
                issued ->
                        EnrolResponse.newBuilder()
                                .setCertificateChain(issued.chain())
                                .setTrustBundle(authority.trustBundle())
                                .setSettings(Downward.settings(config.heartbeat()))
                                .build());
    }

    /** Answers {@code Renew} for the peer that asked over mTLS. */
    public Future<Reply> renew(Connections.Held held, byte[] bytes) {
        byte[] csr;
        try {
            csr = RenewRequest.parseFrom(bytes).getCsr().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            return malformed("this is no RenewRequest");
        }
        return issue(
                held.peer().cluster(),
                csr,
                clock.instant(),
                Enrolled.RENEWED,
                issued -> {
                    held.renewed(issued.notAfter());
                    return RenewResponse.newBuilder()
                            .setCertificateChain(issued.chain())
                            .setTrustBundle(authority.trustBundle())
                            .build();
                });
    }

    private Future<Reply> issue(
            ClusterRef cluster,
            byte[] csr,
            Instant now,
            Enrolled outcome,
            Function<Verdict.Issued, MessageLite> response) {
        return Future.fromCompletionStage(authority.issue(csr, cluster, now))
                .compose(
                        verdict ->
                                switch (verdict) {
                                    case Verdict.Refused(var why) -> malformed(why);
                                    case Verdict.Issued issued ->
                                            record(cluster, issued)
                                                    .map(
                                                            known ->
                                                                    known
                                                                            ? given(
                                                                                    outcome,
                                                                                    response.apply(
                                                                                            issued))
                                                                            : revoked());
                                })
                .onFailure(failure -> metrics.enrolment(Enrolled.FAILED));
    }

    /** A certificate is known before anybody has it; else its first use would be refused. */
    private Future<Boolean> record(ClusterRef cluster, Verdict.Issued issued) {
        return Future.fromCompletionStage(
                        enrolments.issued(
                                cluster, issued.serial(), issued.notBefore(), issued.notAfter()))
                .onSuccess(
                        known ->
                                LOG.atInfo()
                                        .addKeyValue("cluster", cluster)
                                        .addKeyValue("serial", issued.serial())
                                        .addKeyValue("until", issued.notAfter())
                                        .addKeyValue("known", known)
                                        .log("certificate issued"));
    }

    private Reply given(Enrolled outcome, MessageLite message) {
        metrics.enrolment(outcome);
        return new Reply.Given(message);
    }

    private Reply revoked() {
        metrics.enrolment(Enrolled.TOKEN_REFUSED);
        return new Reply.Refused(
                GrpcStatus.PERMISSION_DENIED, "the cluster was revoked: add it again");
    }

    private Future<Reply> badToken() {
        metrics.enrolment(Enrolled.TOKEN_REFUSED);
        return Future.succeededFuture(
                new Reply.Refused(
                        GrpcStatus.PERMISSION_DENIED,
                        "the join token is unknown, used or expired: add the cluster again to get"
                                + " a new one"));
    }

    private Future<Reply> malformed(String why) {
        metrics.enrolment(Enrolled.MALFORMED);
        return Future.succeededFuture(new Reply.Refused(GrpcStatus.INVALID_ARGUMENT, why));
    }
}
