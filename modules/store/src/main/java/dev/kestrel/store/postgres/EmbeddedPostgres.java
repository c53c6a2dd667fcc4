package dev.kestrel.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * A PostgreSQL of our own: real binaries, started as any user including root, with its files in a
 * directory that a later start finds again. Listens on loopback only and asks for a password. All
 * methods block.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String OWNER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final FileChannel lock;
    private final String password;

    private EmbeddedPostgres(
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres server,
            FileChannel lock,
            String password) {
        this.server = server;
        this.lock = lock;
        this.password = password;
    }

    /**
     * Starts it, on a free port.
     *
     * @param directory of this database; made where it is missing
     * @param binaries where the server's programs are unpacked, once for all databases
     * @param random must be cryptographically strong; used for the password of a new database
     * @throws IllegalStateException when another process uses the directory, or the server does not
     *     start
     */
    public static EmbeddedPostgres start(Path directory, Path binaries, RandomGenerator random) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(binaries);
            var lock = lock(directory);
            var data = directory.resolve("data");
            stopOrphan(data);
            var password = password(directory.resolve("password"), random);
            var server =
                    io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setOverrideWorkingDirectory(binaries.toFile())
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("unix_socket_directories", "")
                            .setConnectConfig("password", password)
                            .setPGStartupWait(PATIENCE)
                            .setRegisterShutdownHook(false)
                            .start();
            requirePassword(server, data, password);
            var started = new EmbeddedPostgres(server, lock, password);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop PostgreSQL"));
            return started;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "the embedded PostgreSQL did not start in %s: %s. Give the address of another one, or another directory"
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    /**
     * Address of a database for the owner of its tables; the database is made where it is missing.
     */
    public String url(String database) {
        try (var connection =
                        server.getPostgresDatabase(Map.of("password", password)).getConnection();
                var statement = connection.createStatement();
                var known =
                        statement.executeQuery(
                                "SELECT 1 FROM pg_database WHERE datname = "
                                        + statement.enquoteLiteral(database))) {
            if (!known.next()) {
                statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
            }
            return "postgresql://%s:%s@127.0.0.1:%d/%s"
                    .formatted(OWNER, password, server.getPort(), database);
        } catch (SQLException e) {
            throw new IllegalStateException("could not make the database " + database, e);
        }
    }

    /** Stops it, so that nothing is lost; again is harmless. */
    @Override
    public synchronized void close() {
        try {
            if (lock.isOpen()) {
                server.close();
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not stop", e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        var channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IllegalStateException(
                    "another Kestrel uses the database in %s: stop it, or choose another directory"
                            .formatted(directory));
        }
        return channel;
    }

    /** The JVM says no by an exception when it holds the lock itself. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException alreadyOurs) {
            return false;
        }
    }

    /** A server outlives a killed parent. As we hold the lock, nobody else can be using it. */
    static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var orphan =
                ProcessHandle.of(pid)
                        .filter(it -> it.info().command().orElse("").endsWith("postgres"));
        if (orphan.isPresent()) {
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(
                        "an older PostgreSQL, process %d, does not stop: stop it".formatted(pid),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while stopping PostgreSQL", e);
            }
        }
    }

    private static String password(Path file, RandomGenerator random) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var bytes = new byte[32];
        random.nextBytes(bytes);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var password = HexFormat.of().formatHex(bytes);
        Files.writeString(file, password);
        return password;
    }

    /** A new cluster trusts every local user; from here on it does not. */
    private static void requirePassword(
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path data, String password)
            throws IOException, SQLException {
        try (var connection =
                        server.getPostgresDatabase(Map.of("password", password)).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(OWNER, password));
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    """
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all ::1/128 scram-sha-256
                    """);
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
