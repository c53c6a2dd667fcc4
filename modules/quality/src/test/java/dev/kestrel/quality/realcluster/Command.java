package dev.kestrel.quality.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
record Command(List<String> words, int exit, String out, String err) {

    /** Runs it with that standard input, and ends it when it takes longer than the given time. */
    static Command run(List<String> words, String input, Duration within) {
        try {
            var in = Files.writeString(Files.createTempFile("in", ""), input);
            var out = Files.createTempFile("out", "");
            var err = Files.createTempFile("err", "");
            try {
                var process =
                        new ProcessBuilder(words)
                                .redirectInput(in.toFile())
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start();
                var ended = await(process, within);
                return new Command(words, ended, read(out), read(err));
            } finally {
                for (var file : List.of(in, out, err)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int await(Process process, Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end within " + within);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    boolean succeeded() {
        return exit == 0;
    }

    /** What it printed. Fails with what it complained about, where it did not succeed. */
    String output() {
        if (!succeeded()) {
            throw new AssertionError(
                    "%s ended with %d: %s".formatted(String.join(" ", words), exit, err));
        }
        return out;
    }
}
