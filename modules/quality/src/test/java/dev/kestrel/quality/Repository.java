package dev.kestrel.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository, as the checks see them: what is built or installed is left out. */
public final class Repository {
    public static final Path ROOT =
            Path.of(System.getProperty("kestrel.root", "../..")).toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS =
            Set.of("target", "node_modules", "dist", ".git", ".kestrel");

    private Repository() {}

    /** Main Java sources of every module, sorted. */
    static List<Path> mainSources() {
        return files(".java").filter(file -> file.toString().contains("/src/main/java/")).toList();
    }

    /** Main and test Java sources, sorted. */
    static List<Path> javaSources() {
        return files(".java").toList();
    }

    /** Files with a suffix, sorted. */
    static Stream<Path> files(String suffix) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(folder.getFileName().toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (file.toString().endsWith(suffix)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted();
    }

    /** As seen from the root, with slashes. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
