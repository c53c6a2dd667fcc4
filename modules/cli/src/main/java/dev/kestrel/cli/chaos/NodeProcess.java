package dev.kestrel.cli.chaos;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A node of the cloud as a process of its own. */
final class NodeProcess {
    private static final Duration READY_WITHIN = Duration.ofMinutes(10);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(40);

    private final String name;
    private final Ports ports;
    private final Map<String, String> environment;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    /**
     * @param environment {@code KESTREL_*} that differ from the defaults
     * @param log what it prints is appended to it
     */
    NodeProcess(String name, Ports ports, Map<String, String> environment, Path log) {
        this.name = name;
        this.ports = ports;
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    String name() {
        return name;
    }

    Ports ports() {
        return ports;
    }

    /** Starts it with the Java, the flags and the class path of this process. */
    void start() {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules=java.se",
                        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-opens=java.management/sun.management=ALL-UNNAMED",
                        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.kestrel.cli.Kestrel",
                        "server"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("KESTREL_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("node " + name + " cannot be started", e);
        }
    }

    private Process running() {
        return Objects.requireNonNull(process, name + " was not started");
    }

    /** Returns when the node says that it is ready. */
    void awaitReady() throws InterruptedException {
        var until = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (!running().isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException(
                        "node %s did not become ready; see %s".formatted(name, log));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.api() + "/readyz"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        running().destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it is there, and does nothing. */
    void hang() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void wake() {
        signal("-CONT");
    }

    private void signal(String which) {
        try {
            new ProcessBuilder("kill", which, Long.toString(running().pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("no signal can be sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM; whether it ended by itself, in time, and said that all was in order. */
    boolean stop() throws InterruptedException {
        running().destroy();
        return running().waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                && running().exitValue() == 0;
    }

    /** Whatever it is doing, it ends. */
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
