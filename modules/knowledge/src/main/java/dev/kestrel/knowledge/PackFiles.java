package dev.kestrel.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of the knowledge: packs, and the worlds of their examples.
 *
 * @param packs text by file name, {@code *.yaml} of the folder
 * @param worlds text by name without {@code .yaml}, from the folder's {@code worlds/}
 */
public record PackFiles(SortedMap<String, String> packs, SortedMap<String, String> worlds) {
    private static final String BUNDLED = "/kestrel/knowledge";

    public PackFiles {
        packs = Collections.unmodifiableSortedMap(new TreeMap<>(packs));
        worlds = Collections.unmodifiableSortedMap(new TreeMap<>(worlds));
    }

    /**
     * Reads a folder.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public static PackFiles of(Path folder) {
        try {
            return new PackFiles(texts(folder, ".yaml"), worlds(folder.resolve("worlds")));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the knowledge of " + folder, e);
        }
    }

    /** Reads the packs that Kestrel brings along. */
    public static PackFiles bundled() {
        var resource = PackFiles.class.getResource(BUNDLED);
        if (resource == null) {
            throw new IllegalStateException("the packs are missing from the build");
        }
        try {
            return of(resource.toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("reading the bundled packs", e);
        }
    }

    private static PackFiles of(URI uri) throws IOException {
        if (!uri.getScheme().equals("jar")) {
            return of(Path.of(uri));
        }
        try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
            return of(jar.getPath(BUNDLED));
        }
    }

    private static SortedMap<String, String> worlds(Path folder) throws IOException {
        var worlds = new TreeMap<String, String>();
        if (Files.isDirectory(folder)) {
            texts(folder, ".yaml")
                    .forEach((name, text) -> worlds.put(name.replace(".yaml", ""), text));
        }
        return worlds;
    }

    private static SortedMap<String, String> texts(Path folder, String ending) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.endsWith(ending) && Files.isRegularFile(file)) {
                    texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    /** Names the packs' content: SHA-256 over names and texts, the first 16 hex digits. */
    public String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            packs.forEach(
                    (name, text) -> {
                        sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
                        sha.update((text + "\n").getBytes(StandardCharsets.UTF_8));
                    });
            return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
