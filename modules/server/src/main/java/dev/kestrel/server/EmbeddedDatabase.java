package dev.kestrel.server;

import dev.kestrel.store.postgres.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The PostgreSQL of a cloud that was given none: its data in the data folder, its programs unpacked
 * once beside it.
 */
record EmbeddedDatabase(EmbeddedPostgres server, String url) implements AutoCloseable {
    private static final String NAME = "kestrel";

    /** Blocks for a second or two, longer the first time. */
    static EmbeddedDatabase start(Path dataDir, SecureRandom random) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder cannot be made: " + dataDir, e);
        }
        var programs = Path.of(System.getProperty("user.home"), ".cache", "kestrel", "postgres");
        var server = EmbeddedPostgres.start(dataDir.resolve("postgres"), programs, random);
        return new EmbeddedDatabase(server, server.url(NAME));
    }

    @Override
    public void close() {
        server.close();
    }
}
