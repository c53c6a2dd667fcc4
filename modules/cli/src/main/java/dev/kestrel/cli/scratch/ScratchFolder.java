package dev.kestrel.cli.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;

/** Empties the folder of a local cloud before it is started anew, and no other folder. */
public final class ScratchFolder {
    private static final Set<String> OURS =
            Set.of(
                    "authority",
                    "operator",
                    "operators",
                    "postgres",
                    "token.key",
                    "node-a.log",
                    "node-b.log",
                    "node-c.log");

    private ScratchFolder() {}

    /**
     * Removes the folder with all that an earlier start left in it; one that is not there is fine.
     *
     * @throws IllegalArgumentException when anything else is in it; then nothing was removed
     */
    public static void empty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            mustBeOurs(folder);
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot empty %s: give another --data".formatted(folder), e);
        }
    }

    private static void mustBeOurs(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var other =
                    files.filter(file -> !OURS.contains(file.getFileName().toString()))
                            .sorted()
                            .findFirst();
            if (other.isPresent()) {
                throw new IllegalArgumentException(
                        "%s is not emptied, because %s in it is not Kestrel's: give another --data"
                                .formatted(folder, other.get().getFileName()));
            }
        }
    }
}
