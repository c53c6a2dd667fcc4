package dev.kestrel.cli.chaos;

import dev.kestrel.store.postgres.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The PostgreSQL of the run, and a record of every write to a cluster's ownership. */
final class ChaosDatabase {
    private static final String NAME = "kestrel";
    private static final String RECORD =
            """
            CREATE TABLE IF NOT EXISTS chaos_write (
                number bigserial PRIMARY KEY, cluster_id text, node text, epoch bigint, journal_end bigint);
            CREATE OR REPLACE FUNCTION chaos_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                INSERT INTO chaos_write (cluster_id, node, epoch, journal_end)
                VALUES (NEW.cluster_id, NEW.node, NEW.epoch, NEW.journal_end);
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER chaos_record AFTER INSERT OR UPDATE ON cluster_owner
                FOR EACH ROW EXECUTE FUNCTION chaos_record();
            """;

    private final Path data;
    private final SecureRandom random;
    private EmbeddedPostgres server;
    private String url;

    ChaosDatabase(Path data, SecureRandom random) {
        this.data = data;
        this.random = random;
        server = start();
        url = server.url(NAME);
    }

    private EmbeddedPostgres start() {
        var programs = Path.of(System.getProperty("user.home"), ".cache", "kestrel", "postgres");
        return EmbeddedPostgres.start(data, programs, random);
    }

    /** Address for the owner of the tables. */
    String url() {
        return url;
    }

    /** The same through another port. */
    String urlAt(int port) {
        return url.replace(":" + port() + "/", ":" + port + "/");
    }

    int port() {
        return URI.create(url).getPort();
    }

    /** From now on each claim and each append leaves a row; the tables must be there. */
    void record() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(RECORD);
        } catch (SQLException e) {
            throw new IllegalStateException("the writes cannot be recorded", e);
        }
    }

    Connection connect() throws SQLException {
        var address = URI.create(url);
        var login = address.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), NAME), login[0], login[1]);
    }

    /** Immediate shutdown, as after a loss of power: what was not committed is gone. */
    void crash() {
        try {
            var pid = Files.readAllLines(data.resolve("data").resolve("postmaster.pid")).getFirst();
            new ProcessBuilder("kill", "-QUIT", pid.strip()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, on another port; recovery runs first. */
    void recover() {
        server.close();
        server = start();
        url = server.url(NAME);
    }

    void close() {
        server.close();
    }
}
