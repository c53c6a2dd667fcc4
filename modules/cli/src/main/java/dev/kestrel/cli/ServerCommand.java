package dev.kestrel.cli;

import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.Outside;
import dev.kestrel.server.ServerConfig;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code kestrel server}. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description =
                "A node of the cloud. Every key is in conf/kestrel.yaml; KESTREL_* variables win"
                        + " over the file.")
final class ServerCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML with the keys that differ from the defaults.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        var config =
                ServerConfig.read(
                        file == null ? List.of() : List.of(file), System.getenv(), Map.of());
        var knowledge =
                Files.isDirectory(config.knowledge())
                        ? KnowledgeReader.read(config.knowledge())
                        : KnowledgeReader.bundled();
        var vertx = Vertx.vertx();
        var clock = Clock.systemUTC();
        var outside =
                new Outside(
                        clock,
                        clock,
                        new SecureRandom(),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var cloud = Waiting.on(KestrelCloud.start(vertx, config, knowledge.sound(), outside));
        Waiting.atExit(
                () -> {
                    Waiting.on(cloud.stop());
                    vertx.close();
                });
        new Screen()
                .say(
                        "dashboard and API on %s:%d, enrolment on port %d, streams on port %d"
                                .formatted(
                                        config.api().host(),
                                        cloud.apiPort(),
                                        cloud.enrolmentPort(),
                                        cloud.streamPort()));
        Thread.currentThread().join();
        return 0;
    }
}
