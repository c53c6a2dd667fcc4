package dev.kestrel.cli.bench;

import io.vertx.core.json.JsonObject;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process of {@link LoadGenerator}, seen from the one that measures. */
final class LoadProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private LoadProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it with the Java and the class path of this process. */
    static LoadProcess start() {
        var home = System.getProperty("java.home");
        var command =
                List.of(
                        home + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Xmx1500m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadGenerator.class.getName());
        try {
            return new LoadProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("the load generator cannot be started", e);
        }
    }

    /**
     * Gives an order and waits until it is done.
     *
     * @throws IllegalStateException with the reason, when it could not be done
     */
    JsonObject order(JsonObject order) {
        try {
            orders.write(order.encode());
            orders.newLine();
            orders.flush();
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the load generator has died; see above");
            }
            var answer = new JsonObject(line);
            if (answer.containsKey("failure")) {
                throw new IllegalStateException(
                        "the load generator could not %s: %s"
                                .formatted(order.getString("do"), answer.getString("failure")));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("the load generator does not answer", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
