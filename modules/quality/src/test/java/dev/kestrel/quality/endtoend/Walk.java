package dev.kestrel.quality.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A person's way through the dashboard in Chromium, told step by step as {@code walk.mjs} goes it.
 */
final class Walk {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("kestrel.root"), "set by the build"));
    private static final Path WEBROOT = ROOT.resolve("webroot");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Walk() {}

    /** What is missing here for a walk, with the command that brings it; empty when nothing is. */
    static Optional<String> obstacle() {
        if (chromium().isEmpty()) {
            return Optional.of(
                    "no Chromium here: apt-get install chromium, or set KESTREL_CHROMIUM");
        }
        if (!Files.isDirectory(WEBROOT.resolve("node_modules/playwright-core"))) {
            return Optional.of("no playwright-core here: npm --prefix webroot ci");
        }
        if (Walk.class.getResource("/dev/kestrel/api/dashboard/assets") == null) {
            return Optional.of("the dashboard is not built: npm --prefix webroot run build");
        }
        return Optional.empty();
    }

    private static Optional<Path> chromium() {
        var named = Objects.requireNonNullElse(System.getenv("KESTREL_CHROMIUM"), "");
        return Stream.of(
                        named,
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Goes the way to its end.
     *
     * @param people addresses and passwords, as {@code walk.mjs} names them
     * @param onStep hears each step when it was done
     * @return all steps
     * @throws AssertionError with the last step, the reason and the last screenshot when it could
     *     not go on
     */
    static List<String> go(Map<String, String> people, Consumer<String> onStep)
            throws InterruptedException {
        var steps = new ArrayList<String>();
        try {
            var node = start(people);
            var alarm = Thread.ofVirtual().start(() -> endLate(node));
            try (var said = node.inputReader()) {
                said.lines()
                        .forEach(
                                step -> {
                                    steps.add(step);
                                    onStep.accept(step);
                                });
            } finally {
                alarm.interrupt();
            }
            if (node.waitFor() != 0) {
                throw new AssertionError("the walk ended early:\n  " + String.join("\n  ", steps));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the walk could not be read", e);
        }
        return steps;
    }

    private static Process start(Map<String, String> people) throws IOException {
        var pictures = Files.createDirectories(Path.of("target/endtoend")).toAbsolutePath();
        var builder = new ProcessBuilder("node", script().toString());
        builder.environment().putAll(people);
        builder.environment().put("WALK_WEBROOT", WEBROOT.toString());
        builder.environment().put("WALK_PICTURES", pictures.toString());
        builder.environment().put("WALK_CHROMIUM", chromium().orElseThrow().toString());
        return builder.redirectErrorStream(true).start();
    }

    private static Path script() {
        try {
            return Path.of(
                    Objects.requireNonNull(Walk.class.getResource("/endtoend/walk.mjs")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("resources of tests are files", e);
        }
    }

    /** A browser that hangs must not hang the build. */
    private static void endLate(Process node) {
        try {
            if (!node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                node.descendants().forEach(ProcessHandle::destroyForcibly);
                node.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
