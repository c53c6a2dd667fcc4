package dev.kestrel.operator;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.operator.kube.JsonFields;
import dev.kestrel.operator.link.LinkTimes;
import dev.kestrel.operator.link.SpoolLimits;
import dev.kestrel.operator.link.TestCloud;
import dev.kestrel.operator.source.flow.hubble.RelaySettings;
import dev.kestrel.protocol.wire.v1.ObjectSeen;
import dev.kestrel.protocol.wire.v1.Signal;
import dev.kestrel.simulator.resource.ResourceTypes;
import dev.kestrel.testkit.Awaited;

import io.vertx.core.Vertx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private String token = TestCloud.JOIN_TOKEN;
    private int random = 1;

    OperatorRig() {
        try {
            identity = Files.createTempDirectory("kestrel-identity");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OperatorRig withoutToken() {
        token = "";
        return this;
    }

    void stop() {
        operator.ifPresent(running -> Awaited.await(running.stop().toCompletionStage()));
        operator = Optional.empty();
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

    private void start(String kubeToken, OperatorConfig.Write write) {
        var config =
                new OperatorConfig(
                        new OperatorConfig.Cloud(
                                "localhost",
                                cloud.enrolmentPort(),
                                cloud.streamPort(),
                                cloud.authority.pem()),
                        token,
                        "test",
                        identity,
                        cluster.kubeconfig(kubeToken),
                        write,
                        RelaySettings.DISCOVERED,
                        SpoolLimits.DEFAULT,
                        QUICK);
        operator =
                Optional.of(
                        Awaited.await(
                                Operator.start(
                                                vertx,
                                                config,
                                                InstantSource.system(),
                                                new Random(random++))
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

    /** The deployment that tests change, as the cluster has it. */
    Fields web() {
        return cluster.cluster()
                .inside(
                        inside ->
                                inside.store().list(ResourceTypes.DEPLOYMENT).stream()
                                        .filter(deployment -> deployment.name().equals("web"))
                                        .findFirst()
                                        .map(web -> web.tree().toString())
                                        .map(
                                                json ->
                                                        JsonFields.read(
                                                                json.getBytes(
                                                                        StandardCharsets.UTF_8)))
                                        .orElse(Fields.ABSENT));
    }

    @Override
    public void close() {
        stop();
        cluster.close();
        cloud.close();
        Awaited.await(vertx.close().toCompletionStage());
    }
}
