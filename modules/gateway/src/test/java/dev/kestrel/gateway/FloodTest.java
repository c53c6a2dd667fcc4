package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.Heartbeat;

import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** A cluster that sends too much is held by its own rate; its neighbour is answered meanwhile. */
class FloodTest {
    @TempDir private Path directory;

    @Test
    void aFloodOfSignalsIsHeldAndTheNeighbourIsAnswered() {
        try (var site = Site.with(directory, "signals-per-second", "1", "signals-burst", "50")) {
            var flood = site.enrolled(Site.PROD).telemetry().send(Say.hello("b"));
            Say.welcome(flood);

            for (int sequence = 1; sequence <= 20; sequence++) {
                flood.send(Say.full(sequence));
            }

            Say.acknowledged(flood, 2);
            neighbourIsAnswered(site);
            assertThat(site.owner.batches.stream().filter(it -> it.cluster().equals(Site.PROD)))
                    .as("the burst, and the batch that went over it")
                    .hasSize(2);
        }
    }

    @Test
    void batchesThatWereHadBeforeCountAsWell() {
        try (var site = Site.with(directory, "bytes-per-second", "1KiB", "bytes-burst", "8KiB")) {
            var flood = site.enrolled(Site.PROD).telemetry().send(Say.hello("b"));
            Say.welcome(flood);
            var batch = Say.batch(1, "x".repeat(1000));
            flood.send(batch);
            Say.acknowledged(flood, 1);

            for (int i = 0; i < 40; i++) {
                flood.send(batch);
            }

            Served.until("it is held", () -> held(site) > 0);
            neighbourIsAnswered(site);
        }
    }

    @Test
    void signsOfLifeCountAsWellOnBothStreams() {
        try (var site = Site.with(directory, "bytes-per-second", "1KiB", "bytes-burst", "1KiB")) {
            var operator = site.enrolled(Site.PROD);
            var telemetry = operator.telemetry().send(Say.hello("b"));
            Say.welcome(telemetry);
            for (int i = 0; i < 20; i++) {
                telemetry.send(Say.heartbeat());
            }
            Served.until("telemetry is held", () -> held(site) > 0);
            var before = held(site);

            var control = operator.control();
            for (int i = 0; i < 20; i++) {
                control.send(ControlUp.newBuilder().setHeartbeat(Heartbeat.newBuilder()).build());
            }

            Served.until("control is held", () -> held(site) > before);
            neighbourIsAnswered(site);
        }
    }

    @Test
    void aClusterOpensOnlySoManyStreamsAMinute() {
        try (var site = Site.with(directory, "calls-per-minute", "2")) {
            var operator = site.enrolled(Site.PROD);
            Say.welcome(operator.telemetry().send(Say.hello("b")));
            Say.welcome(operator.telemetry().send(Say.hello("b")));

            var third = operator.telemetry().send(Say.hello("b"));

            assertThat(third.ended().status()).contains(GrpcStatus.RESOURCE_EXHAUSTED);
            var renewal = operator.renew(TestKeys.request(TestKeys.draw()));
            Served.until("it is answered", renewal::isComplete);
            assertThat(renewal.failed()).isTrue();
            assertThat(site.counted("kestrel_limit_hit", "limit", "calls")).isEqualTo(2);
            neighbourIsAnswered(site);
        }
    }

    @Test
    void aClusterHasOnlySoManyConnectionsAndTheOldestGoes() {
        try (var site = Site.with(directory, "connections-per-cluster", "2")) {
            var operator = site.enrolled(Site.PROD);
            var first = operator.telemetry().send(Say.hello("b"));
            Say.welcome(first);
            connectAgain(site, operator);
            assertThat(site.counted("kestrel_limit_hit", "limit", "connections_of_cluster"))
                    .isZero();

            connectAgain(site, operator);

            first.ended();
            assertThat(site.counted("kestrel_limit_hit", "limit", "connections_of_cluster"))
                    .isEqualTo(1);
            neighbourIsAnswered(site);
        }
    }

    private static void connectAgain(Site site, TestOperator operator) {
        var another = site.operator(operator.key, operator.certificate);
        Say.welcome(another.telemetry().send(Say.hello("b")));
    }

    private static double held(Site site) {
        return site.counted("kestrel_limit_hit", "limit", "rate");
    }

    private static void neighbourIsAnswered(Site site) {
        var neighbour = site.enrolled(Site.OTHER).telemetry().send(Say.hello("n"));
        Say.welcome(neighbour);
        neighbour.send(Say.batch(1));
        Say.acknowledged(neighbour, 1);
    }
}
