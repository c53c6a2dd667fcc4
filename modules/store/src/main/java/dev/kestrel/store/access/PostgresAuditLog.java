package dev.kestrel.store.access;

import dev.kestrel.domain.access.AuditChain;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/**
 * The audit log as rows that the application's role may add and read, but neither change nor
 * delete.
 */
public final class PostgresAuditLog implements AuditLog {
    /** One writer per tenant at a time; without it two entries would follow the same one. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('audit/' || $1, 0))";

    private static final String LAST =
            """
            SELECT number, hash FROM audit
            WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1\
            """;
    private static final String INSERT =
            """
            INSERT INTO audit (tenant_id, number, at, by, action, subject, detail, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)\
            """;
    private static final String LIST =
            """
            SELECT number, at, by, action, subject, detail, hash FROM audit
            WHERE tenant_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3\
            """;
    private static final String AFTER =
            """
            SELECT number, at, by, action, subject, detail, hash FROM audit
            WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT $3\
            """;
    private static final long VERIFIED_AT_ONCE = 1000;

    private final Database database;

    public PostgresAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Entry> append(
            String tenant, String by, String action, String subject, String detail, Instant at) {
        return database.in(
                        tenant,
                        connection ->
                                connection
                                        .preparedQuery(LOCK)
                                        .execute(Tuple.of(tenant))
                                        .compose(_ -> last(connection, tenant))
                                        .map(
                                                last ->
                                                        AuditChain.next(
                                                                tenant,
                                                                last.number() + 1,
                                                                last.hash(),
                                                                new AuditChain.Deed(
                                                                        at,
                                                                        clean(by),
                                                                        clean(action),
                                                                        clean(subject),
                                                                        clean(detail))))
                                        .compose(entry -> insert(connection, tenant, entry)))
                .toCompletionStage();
    }

    private record Last(long number, String hash) {}

    private static Future<Last> last(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(LAST)
                .execute(Tuple.of(tenant))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(
                                                row ->
                                                        new Last(
                                                                row.getLong("number"),
                                                                row.getString("hash")))
                                        .orElse(new Last(0, AuditChain.START)));
    }

    private static Future<Entry> insert(SqlConnection connection, String tenant, Entry entry) {
        return connection
                .preparedQuery(INSERT)
                .execute(
                        Tuple.tuple()
                                .addString(tenant)
                                .addLong(entry.number())
                                .addOffsetDateTime(Times.sql(entry.at()))
                                .addString(entry.by())
                                .addString(entry.action())
                                .addString(entry.subject())
                                .addString(entry.detail())
                                .addString(entry.hash()))
                .map(entry);
    }

    /** PostgreSQL keeps every character but NUL. */
    private static String clean(String text) {
        return text.replace('\0', '\ufffd');
    }

    @Override
    public CompletionStage<List<Entry>> list(String tenant, long before, int limit) {
        return read(LIST, tenant, before, limit).toCompletionStage();
    }

    @Override
    public CompletionStage<Long> verify(String tenant) {
        return verify(tenant, new Last(0, AuditChain.START)).toCompletionStage();
    }

    private Future<Long> verify(String tenant, Last before) {
        return read(AFTER, tenant, before.number(), VERIFIED_AT_ONCE)
                .compose(
                        entries -> {
                            var last = before;
                            for (var entry : entries) {
                                var number = last.number() + 1;
                                if (!AuditChain.follows(tenant, number, last.hash(), entry)) {
                                    return Future.succeededFuture(number);
                                }
                                last = new Last(number, entry.hash());
                            }
                            return entries.isEmpty()
                                    ? Future.succeededFuture(0L)
                                    : verify(tenant, last);
                        });
    }

    private Future<List<Entry>> read(String sql, String tenant, long number, long limit) {
        return database.in(
                        tenant,
                        connection ->
                                connection
                                        .preparedQuery(sql)
                                        .execute(Tuple.of(tenant, number, limit)))
                .map(PostgresAuditLog::entries);
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(
                        row ->
                                new Entry(
                                        row.getLong("number"),
                                        Times.read(row, "at"),
                                        row.getString("by"),
                                        row.getString("action"),
                                        row.getString("subject"),
                                        row.getString("detail"),
                                        row.getString("hash")))
                .toList();
    }
}
