package dev.kestrel.operator.identity;

import com.google.protobuf.ByteString;

import dev.kestrel.operator.link.CloudClient;
import dev.kestrel.protocol.wire.v1.EnrolmentGrpcClient;
import dev.kestrel.protocol.wire.v1.RenewRequest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Renews the identity at half of its life, while the streams go on. The next connection uses the
 * new certificate; shortly before the old one ends, the streams are moved over. Used on one event
 * loop.
 */
public final class Renewing {
    private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);

    /** Share of the life that is left when the streams are moved over. */
    private static final int MOVE_LEFT = 20;

    private final Vertx vertx;
    private final CloudClient cloud;
    private final IdentityFiles files;
    private final Runnable moveStreams;
    private final InstantSource clock;
    private final RandomGenerator random;
    private long renewTimer = -1;
    private long moveTimer = -1;

    /**
     * @param moveStreams opens the streams anew, with the newest identity
     */
    public Renewing(
            Vertx vertx,
            CloudClient cloud,
            IdentityFiles files,
            Runnable moveStreams,
            InstantSource clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.cloud = cloud;
        this.files = files;
        this.moveStreams = moveStreams;
        this.clock = clock;
        this.random = random;
    }

    /** Plans the renewal of the identity in use. */
    public void plan(Identity identity) {
        // A little earlier at random, so that a fleet that joined together does not renew together.
        var early = (long) (identity.lifetime().toMillis() * 0.05 * random.nextDouble());
        var half = identity.notBefore().plus(identity.lifetime().dividedBy(2));
        renewTimer = at(half.minusMillis(early), () -> renew(identity));
    }

    public void stop() {
        vertx.cancelTimer(renewTimer);
        vertx.cancelTimer(moveTimer);
    }

    private void renew(Identity old) {
        var signing = SigningRequest.fresh();
        ask(signing)
                .compose(
                        renewed ->
                                vertx.executeBlocking(
                                        () -> {
                                            files.save(renewed);
                                            return renewed;
                                        }))
                .onSuccess(renewed -> use(old, renewed))
                .onFailure(failure -> again(old, failure));
    }

    private Future<Identity> ask(SigningRequest signing) {
        var request = RenewRequest.newBuilder().setCsr(ByteString.copyFrom(signing.der())).build();
        return cloud.call(EnrolmentGrpcClient.Renew)
                .compose(
                        call ->
                                call.request()
                                        .send(request)
                                        .compose(answer -> answer.last())
                                        .onComplete(ignored -> call.ended().run()))
                .map(
                        answer ->
                                new Identity(
                                        signing.keyPem(),
                                        answer.getCertificateChain(),
                                        answer.getTrustBundle()));
    }

    private void use(Identity old, Identity renewed) {
        LOG.atInfo().addKeyValue("until", renewed.notAfter()).log("certificate renewed");
        cloud.replace(renewed);
        var spare = old.lifetime().dividedBy(MOVE_LEFT);
        var early = (long) (spare.toMillis() * random.nextDouble());
        moveTimer = at(old.notAfter().minus(spare).minusMillis(early), moveStreams);
        plan(renewed);
    }

    /** Twenty attempts fit into the half of the life that is left. */
    private void again(Identity old, Throwable failure) {
        var wait = old.lifetime().dividedBy(40);
        LOG.atWarn()
                .addKeyValue("reason", failure.getMessage())
                .addKeyValue("until", old.notAfter())
                .addKeyValue("retry_s", wait.toSeconds())
                .log("certificate not renewed, will be tried again");
        renewTimer = at(clock.instant().plus(wait), () -> renew(old));
    }

    private long at(Instant moment, Runnable what) {
        var wait = Duration.between(clock.instant(), moment).toMillis();
        return vertx.setTimer(Math.max(1, wait), ignored -> what.run());
    }
}
