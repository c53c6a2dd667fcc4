package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Topics.BatchTaken;
import dev.kestrel.bus.Topics.ClusterOwned;

import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class TelemetryTest {
    @TempDir private Path directory;

    @Test
    void anEnrolledClusterSendsBatchesThatAreAcknowledgedOnceDurable() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            assertThat(Say.welcome(stream).getResumeAfter()).isZero();

            stream.send(Say.batch(1)).send(Say.batch(2)).send(Say.batch(3));

            Say.acknowledged(stream, 3);
            assertThat(site.owner.sequences()).containsExactly(1L, 2L, 3L);
            assertThat(site.owner.batches).allMatch(batch -> batch.cluster().equals(Site.PROD));
            assertThat(site.counted("kestrel_batches_received", "outcome", "handed_over"))
                    .isEqualTo(3);
        }
    }

    @Test
    void theOwnerIsAskedBeforeTheOperatorIsWelcome() {
        try (var site = Site.with(directory)) {
            site.owner.whenOpened(stream -> new ClusterOwned(true, 41, ""));
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1", 7));

            var welcome = Say.welcome(stream);

            assertThat(welcome.getResumeAfter()).isEqualTo(41);
            assertThat(welcome.getCredit()).isEqualTo(32);
            assertThat(site.owner.opened).hasSize(1);
            assertThat(site.owner.opened.getFirst().bootId()).isEqualTo("boot-1");
            assertThat(site.owner.opened.getFirst().firstHeldSequence()).isEqualTo(7);
            assertThat(site.owner.opened.getFirst().cluster()).isEqualTo(Site.PROD);
        }
    }

    @Test
    void aReconnectedOperatorGoesOnAfterWhatIsDurable() {
        try (var site = Site.with(directory)) {
            site.owner.whenOpened(stream -> new ClusterOwned(true, 2, ""));
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.send(Say.batch(3));

            Say.acknowledged(stream, 3);
            assertThat(site.owner.sequences()).containsExactly(3L);
        }
    }

    @Test
    void whatIsDurableAlreadyIsAcknowledgedAgainAndNotHandedOver() {
        try (var site = Site.with(directory)) {
            site.owner.whenOpened(stream -> new ClusterOwned(true, 5, ""));
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.send(Say.batch(4)).send(Say.batch(5)).send(Say.batch(6));

            Say.acknowledged(stream, 6);
            assertThat(site.owner.sequences()).containsExactly(6L);
            assertThat(site.counted("kestrel_batches_received", "outcome", "duplicate"))
                    .isEqualTo(2);
        }
    }

    @Test
    void whatTheOperatorShedIsNotWaitedFor() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1", 10));
            Say.welcome(stream);

            stream.send(Say.batch(10));

            Say.acknowledged(stream, 10);
        }
    }

    @Test
    void aMissingBatchEndsTheStream() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.send(Say.batch(1)).send(Say.batch(3));

            var ended = stream.ended();
            assertThat(ended.status()).contains(GrpcStatus.INVALID_ARGUMENT);
            assertThat(ended.message()).contains("sequence 3 follows 1");
        }
    }

    @Test
    void aBatchBeforeHelloEndsTheStream() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.batch(1));

            var ended = stream.ended();

            assertThat(ended.status()).contains(GrpcStatus.INVALID_ARGUMENT);
            assertThat(ended.message()).contains("Hello must come first");
        }
    }

    @Test
    void aSecondHelloEndsTheStream() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.send(Say.hello("boot-1"));

            assertThat(stream.ended().status()).contains(GrpcStatus.INVALID_ARGUMENT);
        }
    }

    @Test
    void aSlowOwnerStopsTheOperatorAtItsCredit() {
        try (var site = Site.with(directory, "credit-batches", "4")) {
            site.owner.hold();
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            for (int sequence = 1; sequence <= 40; sequence++) {
                stream.send(Say.batch(sequence));
            }
            Served.until("the credit is used", () -> site.owner.batches.size() >= 4);
            stream.send(Say.heartbeat());
            assertThat(site.owner.batches).hasSize(4);
            assertThat(site.counted("kestrel_limit_hit", "limit", "credit")).isEqualTo(1);

            site.owner.release();

            Say.acknowledged(stream, 40);
        }
    }

    @Test
    void aFencedOwnerSendsTheOperatorAway() {
        try (var site = Site.with(directory)) {
            site.owner.whenReceived(batch -> new BatchTaken(false, 0));
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.send(Say.batch(1));

            var ended = stream.ended();
            assertThat(ended.status()).contains(GrpcStatus.UNAVAILABLE);
            assertThat(ended.message()).contains("another owner");
            assertThat(stream.received).noneMatch(down -> down.hasAck());
        }
    }

    @Test
    void aClusterThatCannotBeOwnedHereIsSentAway() {
        try (var site = Site.with(directory)) {
            site.owner.whenOpened(stream -> new ClusterOwned(false, 0, "the journal is down"));
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));

            var ended = stream.ended();

            assertThat(ended.status()).contains(GrpcStatus.UNAVAILABLE);
            assertThat(ended.message()).contains("the journal is down");
        }
    }

    @Test
    void whoLeavesHearsAboutWhatWasUnderWay() {
        try (var site = Site.with(directory)) {
            site.owner.hold();
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);
            stream.send(Say.batch(1));
            Served.until("it was handed over", () -> site.owner.batches.size() == 1);

            stream.request().end();
            site.owner.release();

            assertThat(stream.ended().status()).contains(GrpcStatus.OK);
            assertThat(stream.received).anyMatch(down -> Say.isAck(down, 1));
            Served.until("the owner knows", () -> site.owner.closed().size() == 1);
            assertThat(site.owner.closed().getFirst().silent()).isFalse();
        }
    }

    @Test
    void aBrokenConnectionIsToldToTheOwner() {
        try (var site = Site.with(directory)) {
            var operator = site.enrolled(Site.PROD);
            var stream = operator.telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.request().connection().close();

            Served.until("the owner knows", () -> site.owner.closed().size() == 1);
            assertThat(site.owner.closed().getFirst().streamId())
                    .isEqualTo(site.owner.opened.getFirst().streamId());
        }
    }

    @Test
    void aCancelledStreamIsToldToTheOwner() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            stream.request().cancel();

            Served.until("the owner knows", () -> site.owner.closed().size() == 1);
        }
    }

    @Test
    void aNewerStreamReplacesTheOlder() {
        try (var site = Site.with(directory)) {
            var operator = site.enrolled(Site.PROD);
            var older = operator.telemetry().send(Say.hello("boot-1"));
            Say.welcome(older);

            var newer = operator.telemetry().send(Say.hello("boot-2"));

            Say.welcome(newer);
            assertThat(older.ended().status()).contains(GrpcStatus.ABORTED);
            newer.send(Say.batch(1));
            Say.acknowledged(newer, 1);
        }
    }

    @Test
    void whoSendsFasterThanAllowedIsSlowedDownAndLosesNothing() {
        try (var site = Site.with(directory, "signals-per-second", "500", "signals-burst", "100")) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);
            var begun = site.clock.instant();

            for (int sequence = 1; sequence <= 10; sequence++) {
                stream.send(Say.full(sequence));
            }

            Say.acknowledged(stream, 10);
            assertThat(site.clock.instant()).isAfter(begun.plusMillis(700));
            assertThat(site.counted("kestrel_limit_hit", "limit", "rate")).isPositive();
        }
    }

    @Test
    void severalEventLoopsServeOnePort() {
        try (var site = Site.with(directory, "instances", "2")) {
            var first = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            var second = site.enrolled(Site.OTHER).telemetry().send(Say.hello("boot-1"));
            Say.welcome(first);
            Say.welcome(second);

            first.send(Say.batch(1));
            second.send(Say.batch(1));

            Say.acknowledged(first, 1);
            Say.acknowledged(second, 1);
        }
    }

    @Test
    void aStoppingGatewayAsksItsOperatorsToLeave() {
        try (var site = Site.with(directory)) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            var stopped = site.gateway.stop();

            Served.until(
                    "told to leave", () -> stream.received.stream().anyMatch(d -> d.hasDrain()));
            stream.request().end();
            assertThat(stream.ended().status()).contains(GrpcStatus.OK);
            Served.await(stopped);
            assertThat(site.counted("kestrel_streams_ended", "reason", "drained")).isEqualTo(1);
        }
    }
}
