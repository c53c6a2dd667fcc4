package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class SilenceTest {
    @TempDir private Path directory;

    private Site impatient() {
        return Site.with(directory, "heartbeat", "100ms", "silence", "400ms");
    }

    @Test
    void aSilentOperatorIsNoticedAndItsOwnerTold() {
        try (var site = impatient()) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAVAILABLE);
            Served.until("the owner knows", () -> site.owner.closed().size() == 1);
            assertThat(site.owner.closed().getFirst().silent()).isTrue();
            assertThat(site.counted("kestrel_limit_hit", "limit", "silence")).isEqualTo(1);
        }
    }

    @Test
    void oneThatNeverSaysHelloIsNoticedToo() {
        try (var site = impatient()) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.heartbeat());

            assertThat(stream.ended().status()).contains(GrpcStatus.UNAVAILABLE);
            assertThat(site.owner.closed()).isEmpty();
        }
    }

    @Test
    void heartbeatsKeepAStreamOpenAndGoBothWays() {
        try (var site = impatient()) {
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);
            var beating = site.vertx.setPeriodic(100, timer -> stream.send(Say.heartbeat()));

            Served.until(
                    "ten heartbeats came down",
                    () -> stream.received.stream().filter(d -> d.hasHeartbeat()).count() >= 10);

            assertThat(stream.isEnded()).isFalse();
            site.vertx.cancelTimer(beating);
            assertThat(stream.ended().status()).contains(GrpcStatus.UNAVAILABLE);
        }
    }

    @Test
    void anOperatorThatWaitsForItsCreditIsNotSilent() {
        try (var site =
                Site.with(
                        directory,
                        "heartbeat",
                        "50ms",
                        "silence",
                        "200ms",
                        "credit-batches",
                        "1")) {
            site.owner.hold();
            var stream = site.enrolled(Site.PROD).telemetry().send(Say.hello("boot-1"));
            Say.welcome(stream);
            stream.send(Say.batch(1)).send(Say.batch(2));

            Served.until(
                    "time passed",
                    () -> stream.received.stream().filter(d -> d.hasHeartbeat()).count() >= 10);

            assertThat(stream.isEnded()).isFalse();
            site.owner.release();
            Say.acknowledged(stream, 2);
        }
    }
}
