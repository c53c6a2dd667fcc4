package dev.kestrel.store.postgres;

import io.vertx.pgclient.PgConnectOptions;

import org.flywaydb.core.Flyway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Brings a database to the schema that this version needs, as the role that owns it. Blocking;
 * several nodes may run it at once.
 */
public final class Migrations {
    private static final long LOCK = 0x6b657374;
    private static final String MAKE_ROLE =
            """
            DO $$ BEGIN
                CREATE ROLE %s;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$\
            """;

    private Migrations() {}

    /**
     * Makes the roles and runs what of the migrations has not run yet.
     *
     * @param application login of the application's role; made, or given that password, when {@code
     *     manageRole}
     * @throws IllegalStateException when the database cannot be reached or the owner may not make
     *     roles
     */
    public static void run(
            PgConnectOptions owner, PgConnectOptions application, boolean manageRole) {
        try (var connection =
                DriverManager.getConnection(jdbcUrl(owner), owner.getUser(), password(owner))) {
            prepareRoles(connection, owner, application, manageRole);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "could not prepare the database %s on %s:%d as %s: %s. Check the address, and that this role owns the database and may create roles"
                            .formatted(
                                    owner.getDatabase(),
                                    owner.getHost(),
                                    owner.getPort(),
                                    owner.getUser(),
                                    e.getMessage()),
                    e);
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(jdbcUrl(owner), owner.getUser(), password(owner))
                .locations("classpath:db/migration")
                .placeholders(Map.of("application", application.getUser()))
                .load()
                .migrate();
    }

    private static void prepareRoles(
            Connection connection,
            PgConnectOptions owner,
            PgConnectOptions application,
            boolean manageRole)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            statement.execute(MAKE_ROLE.formatted("kestrel_across NOLOGIN"));
            statement.execute("GRANT kestrel_across TO CURRENT_USER");
            if (manageRole) {
                statement.execute(MAKE_ROLE.formatted(application.getUser() + " LOGIN"));
                statement.execute(
                        "ALTER ROLE %s LOGIN PASSWORD '%s'"
                                .formatted(application.getUser(), password(application)));
            }
            statement.execute(
                    "GRANT CONNECT ON DATABASE %s TO %s"
                            .formatted(
                                    statement.enquoteIdentifier(owner.getDatabase(), true),
                                    statement.enquoteIdentifier(application.getUser(), true)));
        }
    }

    private static String jdbcUrl(PgConnectOptions address) {
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s"
                .formatted(
                        address.getHost(),
                        address.getPort(),
                        address.getDatabase(),
                        address.getSslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String password(PgConnectOptions address) {
        return Objects.requireNonNullElse(address.getPassword(), "");
    }
}
