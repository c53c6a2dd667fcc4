package dev.kestrel.store;

import static dev.kestrel.testkit.Awaited.await;

import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.store.postgres.ApplicationRole;
import dev.kestrel.store.postgres.EmbeddedPostgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this module, one database for each test class. */
public final class OwnDatabase {
    private static final Vertx VERTX = Vertx.vertx();
    public static final Path BINARIES =
            Path.of(System.getProperty("user.home"), ".cache", "kestrel", "postgres");
    private static final EmbeddedPostgres SERVER = startServer();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private OwnDatabase() {}

    private static EmbeddedPostgres startServer() {
        try {
            var directory = Files.createTempDirectory("kestrel-store-test");
            var server = EmbeddedPostgres.start(directory, BINARIES, new SecureRandom());
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        server.close();
                                        delete(directory);
                                    }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory with everything in it. */
    public static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Vertx vertx() {
        return VERTX;
    }

    /** Address of a new database. */
    public static String newUrl() {
        return SERVER.url("test_" + DATABASES.incrementAndGet());
    }

    /** A store in a new database. */
    public static Store newStore() {
        return open(newUrl());
    }

    public static Store open(String url) {
        return open(StoreConfig.at(url), new SimpleMeterRegistry());
    }

    public static Store open(StoreConfig config, MeterRegistry registry) {
        return await(Store.open(VERTX, config, registry).toCompletionStage());
    }

    /** A connection of the role that owns the tables and sees everything. */
    public static SqlConnection connectAsOwner(String url) {
        return connect(PgConnectOptions.fromUri(url));
    }

    /** A connection of the role that the product runs as. */
    public static SqlConnection connectAsApplication(String url) {
        return connect(ApplicationRole.of(PgConnectOptions.fromUri(url)));
    }

    private static SqlConnection connect(PgConnectOptions address) {
        return await(PgConnection.connect(VERTX, address).toCompletionStage());
    }

    /** A tenant that exists and that nobody else uses. */
    public static String newTenant(Store store) {
        var tenant = "t-" + NAMES.incrementAndGet();
        await(store.users().save(tenant, "founder@" + tenant + ".test", "hash", Role.ADMIN));
        return tenant;
    }

    /** A registered cluster, alone in its tenant. */
    public static ClusterRef newCluster(Store store) {
        var cluster = new ClusterRef(newTenant(store), "c-1");
        await(
                store.enrolments()
                        .offer(
                                cluster,
                                "Cluster",
                                cluster.toString().getBytes(StandardCharsets.UTF_8),
                                Instant.parse("2040-01-01T00:00:00Z")));
        return cluster;
    }
}
