package dev.kestrel.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares what came of a scenario with what stands under its bar; {@code -Dgolden.update=true}
 * writes it there instead.
 */
public final class Golden {
    private static final String BAR = "--- expect";

    private Golden() {}

    public static void check(Path file, List<String> actual) throws IOException {
        var lines = Files.readAllLines(file);
        var bar = lines.indexOf(BAR);
        var played = bar < 0 ? lines : lines.subList(0, bar);
        if (Boolean.getBoolean("golden.update")) {
            var updated = new java.util.ArrayList<>(played);
            updated.add(BAR);
            updated.addAll(actual);
            Files.write(file, updated);
            return;
        }
        assertThat(bar)
                .as("%s has no expectation; run with -Dgolden.update=true", file)
                .isNotNegative();
        assertThat(String.join("\n", actual))
                .as(file.getFileName().toString())
                .isEqualTo(String.join("\n", lines.subList(bar + 1, lines.size())));
    }

    /** The lines above the bar. */
    static List<String> played(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var bar = lines.indexOf(BAR);
        return bar < 0 ? lines : lines.subList(0, bar);
    }
}
