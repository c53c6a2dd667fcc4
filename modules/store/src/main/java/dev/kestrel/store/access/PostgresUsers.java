package dev.kestrel.store.access;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.access.Users;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Users, their sign-ins and refresh tokens as rows. */
public final class PostgresUsers implements Users {
    private static final String FIND =
            "SELECT tenant_id, user_id, email, role, password_hash FROM account_of($1)";
    private static final String FOUND_TENANT =
            "INSERT INTO tenant (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING";
    private static final String SAVE =
            """
            INSERT INTO member (tenant_id, user_id, email, password_hash, role)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, user_id) DO UPDATE
            SET password_hash = excluded.password_hash, role = excluded.role\
            """;
    private static final String BEGIN_FAMILY =
            """
            INSERT INTO sign_in AS s (tenant_id, family, user_id) VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id, family) DO UPDATE SET user_id = s.user_id
            WHERE NOT s.ended AND s.user_id = excluded.user_id\
            """;
    private static final String KEEP =
            """
            INSERT INTO refresh_token (tenant_id, family, digest, expires_at)
            VALUES ($1, $2, $3, $4)\
            """;

    /** A person has few devices; whoever signs in more often than that loses the oldest. */
    private static final String FORGET_OLDEST =
            """
            DELETE FROM sign_in WHERE tenant_id = $1 AND family IN (
                SELECT s.family FROM sign_in s JOIN refresh_token t
                    ON t.tenant_id = s.tenant_id AND t.family = s.family
                WHERE s.tenant_id = $1 AND s.user_id = $2
                GROUP BY s.family ORDER BY max(t.expires_at) DESC, s.family OFFSET 50)\
            """;

    private static final String USE =
            "SELECT tenant_id, user_id, email, role, family FROM use_refresh_token($1, $2)";
    private static final String END =
            """
            UPDATE sign_in SET ended = true
            WHERE tenant_id = $1 AND family = $2 AND NOT ended\
            """;
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    public PostgresUsers(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Account>> findByEmail(String email) {
        return database.withoutTenant()
                .preparedQuery(FIND)
                .execute(Tuple.of(fold(email)))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(
                                                row ->
                                                        new Account(
                                                                principal(row),
                                                                row.getString("password_hash"))))
                .toCompletionStage();
    }

    private static Principal principal(Row row) {
        return new Principal(
                row.getString("tenant_id"),
                row.getString("user_id"),
                row.getString("email"),
                Role.valueOf(row.getString("role")));
    }

    @Override
    public CompletionStage<Principal> save(
            String tenant, String email, String passwordHash, Role role) {
        var address = fold(email);
        var saved = new Principal(tenant, userId(address), address, role);
        var row = Tuple.of(tenant, saved.user(), address, passwordHash, role.name());
        return database.in(
                        tenant,
                        connection ->
                                connection
                                        .preparedQuery(FOUND_TENANT)
                                        .execute(Tuple.of(tenant))
                                        .compose(_ -> connection.preparedQuery(SAVE).execute(row)))
                .map(saved)
                .recover(failure -> Future.failedFuture(explained(address, failure)))
                .toCompletionStage();
    }

    /** Follows from the address, so that whoever saves a user twice saves the same one. */
    private static String userId(String address) {
        return "u-" + UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8));
    }

    private static Throwable explained(String address, Throwable failure) {
        return failure instanceof PgException refused
                        && refused.getSqlState().equals(UNIQUE_VIOLATION)
                ? new IllegalArgumentException(
                        address + " belongs to another tenant: use another address", failure)
                : failure;
    }

    @Override
    public CompletionStage<Boolean> keepRefresh(
            Principal principal, String family, byte[] tokenDigest, Instant expiresAt) {
        var token =
                Tuple.of(
                        principal.tenant(),
                        family,
                        Buffer.buffer(tokenDigest),
                        Times.sql(expiresAt));
        return database.in(
                        principal.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(BEGIN_FAMILY)
                                        .execute(
                                                Tuple.of(
                                                        principal.tenant(),
                                                        family,
                                                        principal.user()))
                                        .compose(
                                                rows ->
                                                        rows.rowCount() == 0
                                                                ? Future.succeededFuture(false)
                                                                : keep(
                                                                        connection,
                                                                        principal,
                                                                        token)))
                .toCompletionStage();
    }

    private static Future<Boolean> keep(
            SqlConnection connection, Principal principal, Tuple token) {
        return connection
                .preparedQuery(KEEP)
                .execute(token)
                .compose(
                        _ ->
                                connection
                                        .preparedQuery(FORGET_OLDEST)
                                        .execute(Tuple.of(principal.tenant(), principal.user())))
                .map(true);
    }

    @Override
    public CompletionStage<Optional<Refreshed>> useRefresh(byte[] tokenDigest, Instant now) {
        return database.withoutTenant()
                .preparedQuery(USE)
                .execute(Tuple.of(Buffer.buffer(tokenDigest), Times.sql(now)))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(
                                                row ->
                                                        new Refreshed(
                                                                principal(row),
                                                                row.getString("family"))))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> endFamily(String tenant, String family) {
        return database.in(
                        tenant,
                        connection ->
                                connection.preparedQuery(END).execute(Tuple.of(tenant, family)))
                .map(rows -> rows.rowCount() == 1)
                .toCompletionStage();
    }

    private static String fold(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
