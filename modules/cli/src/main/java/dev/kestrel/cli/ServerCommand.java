package dev.kestrel.cli;

import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.server.KestrelCloud;
import dev.kestrel.server.NodeRole;
import dev.kestrel.server.NodeVertx;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code kestrel server}. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description =
                "A node of the cloud. Every key is in conf/kestrel.yaml; KESTREL_* variables win"
                        + " over the file.")
final class ServerCommand implements Callable<Integer> {
    /** Beside the drain: for the last writes and for leaving the other nodes. */
    private static final Duration STOPPING = Duration.ofSeconds(15);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML with the keys that differ from the defaults.")
    private @Nullable Path file;

    @Option(
            names = "--roles",
            paramLabel = "gateway,engine,api",
            description =
                    "What this node does; wins over the file. A gateway needs the engine beside"
                            + " it.")
    private @Nullable String roles;

    @Override
    public Integer call() throws Exception {
        var config =
                ServerConfig.read(
                        file == null ? List.of() : List.of(file),
                        System.getenv(),
                        roles == null ? Map.of() : Map.of("roles", roles));
        var knowledge =
                !config.knowledge().toString().isEmpty() && Files.isDirectory(config.knowledge())
                        ? KnowledgeReader.read(config.knowledge())
                        : KnowledgeReader.bundled();
        var clock = Clock.systemUTC();
        var outside =
                new Outside(
                        clock,
                        clock,
                        new SecureRandom(),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var vertx = Waiting.on(NodeVertx.start(config, outside));
        var cloud = Waiting.on(KestrelCloud.start(vertx, config, knowledge.sound(), outside));
        Waiting.atExit(() -> leave(cloud, vertx, config));
        new Screen().say(whereabouts(config, cloud));
        Thread.currentThread().join();
        return 0;
    }

    private static String whereabouts(ServerConfig config, KestrelCloud cloud) {
        var http =
                (config.roles().contains(NodeRole.API) ? "dashboard and API" : "health")
                        + " on %s:%d".formatted(config.api().host(), cloud.apiPort());
        return config.roles().contains(NodeRole.GATEWAY)
                ? "%s, enrolment on port %d, streams on port %d"
                        .formatted(http, cloud.enrolmentPort(), cloud.streamPort())
                : http;
    }

    /**
     * A JVM that ends by a signal reports that signal. Who asked for the end wants to know whether
     * it was one in good order, so the process is ended from here.
     */
    private static void leave(KestrelCloud cloud, Vertx vertx, ServerConfig config) {
        var most = config.gateway().drain().plus(STOPPING);
        var code = 0;
        try {
            Waiting.on(
                    cloud.stop()
                            .compose(stopped -> vertx.close())
                            .timeout(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RuntimeException late) {
            System.err.println("not everything was ended: " + late.getMessage());
            code = 1;
        }
        Runtime.getRuntime().halt(code);
    }
}
