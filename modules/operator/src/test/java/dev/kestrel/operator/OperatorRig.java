package dev.kestrel.operator;

import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.link.TestCloud;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.Vertx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A whole operator between a simulated cluster and a cloud that speaks the real wire. */
final class OperatorRig implements AutoCloseable {
    private static final LinkTimes QUICK =
            new LinkTimes(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200));

    final Vertx vertx = Vertx.vertx();
    final TestCloud cloud = new TestCloud(vertx);
    final TestCluster cluster = new TestCluster(vertx);
    final Path identity;
    private Optional<RunningOperator> operator = Optional.empty();

    OperatorRig() {
        try {
            identity = Files.createTempDirectory("kestrel-identity");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OperatorRig readOnly() {
        start("reader-token", OperatorConfig.Write.OFF);
        return this;
    }

    OperatorRig writing() {
        start(
                "writer-token",
                new OperatorConfig.Write(true, List.of("shop"), List.of("Deployment", "Service")));
        return this;
    }

    private void start(String token, OperatorConfig.Write write) {
        var config =
                new OperatorConfig(
                        new OperatorConfig.Cloud(
                                "localhost",
                                cloud.enrolmentPort(),
                                cloud.streamPort(),
                                cloud.authority.pem()),
                        TestCloud.JOIN_TOKEN,
                        "test",
                        identity,
                        cluster.kubeconfig(token),
                        write,
                        SpoolLimits.DEFAULT,
                        QUICK);
        operator =
                Optional.of(
                        Awaited.await(
                                Operator.start(vertx, config, InstantSource.system(), new Random(1))
                                        .toCompletionStage()));
    }

    RunningOperator operator() {
        return operator.orElseThrow();
    }

    Stream<Signal> signals() {
        return cloud.batches.stream().flatMap(batch -> batch.getSignalsList().stream());
    }

    Stream<ObjectSeen> seen(String kind, String name) {
        return signals()
                .filter(Signal::hasObjectSeen)
                .map(Signal::getObjectSeen)
                .filter(
                        seen ->
                                seen.getRef().getKind().equals(kind)
                                        && seen.getRef().getName().startsWith(name));
    }

    @Override
    public void close() {
        operator.ifPresent(running -> Awaited.await(running.stop().toCompletionStage()));
        cluster.close();
        cloud.close();
        Awaited.await(vertx.close().toCompletionStage());
    }
}
