package dev.kestrel.quality.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fault shows on a real cluster, kept for comparison: the workload's healthy start, then
 * what changed with the fault.
 */
record SignalFile(SignalList before, SignalList after) {

    private static final String HEAD =
            """
            # What a real Kubernetes 1.36 shows of this fault: each line once, in the order in which lines of
            # its kind were first seen. Written by the tests on the real cluster. "?" is not seen every time.
            """;

    private static final String CHANGE = "=== after the change";

    static SignalFile read(Path file) {
        try {
            var lines =
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .toList();
            var change = lines.indexOf(CHANGE);
            if (change < 0) {
                throw new IllegalArgumentException(file + " has no line '" + CHANGE + "'");
            }
            return new SignalFile(
                    SignalList.parse(lines.subList(0, change)),
                    SignalList.parse(lines.subList(change + 1, lines.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is expected every time and was not seen. */
    List<String> missingIn(List<String> seenBefore, List<String> seenAfter) {
        var missing = new ArrayList<String>();
        before.missingIn(seenBefore).forEach(line -> missing.add("before the change: " + line));
        after.missingIn(seenAfter).forEach(line -> missing.add("after the change: " + line));
        return missing;
    }

    /** Adds a run to the file, which is made where there is none. */
    static void add(Path file, List<String> seenBefore, List<String> seenAfter) {
        var all =
                Files.exists(file)
                        ? read(file).plus(seenBefore, seenAfter)
                        : new SignalFile(SignalList.of(seenBefore), SignalList.of(seenAfter));
        try {
            Files.writeString(
                    file, HEAD + all.before.print() + "\n" + CHANGE + "\n" + all.after.print());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SignalFile plus(List<String> seenBefore, List<String> seenAfter) {
        return new SignalFile(before.plus(seenBefore), after.plus(seenAfter));
    }
}
