package dev.kestrel.store.incident;

import dev.kestrel.domain.incident.IncidentArchive;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Incidents as one row each: searched by columns, read as the document they were saved with. */
public final class PostgresIncidentArchive implements IncidentArchive {
    private static final String COLUMNS =
            """
            incident_id, cluster_id, revision, status, severity, title, verdict, cause, cause_at,
            confidence, opened_at, changed_at, resolved_at\
            """;
    private static final String FIND =
            "SELECT "
                    + COLUMNS
                    + ", document FROM incident WHERE tenant_id = $1 AND incident_id = $2";
    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + """
                    , '' AS document FROM incident
                    WHERE tenant_id = $1 AND (opened_at < $2 OR opened_at = $2 AND incident_id > $3)
                      AND (cardinality($4::text[]) = 0 OR status = ANY ($4))
                      AND (cardinality($5::text[]) = 0 OR severity = ANY ($5))
                      AND (cardinality($6::text[]) = 0 OR cluster_id = ANY ($6))
                      AND ($7 = '%%' OR title ILIKE $7 OR cause ILIKE $7 OR cause_at ILIKE $7)
                    ORDER BY opened_at DESC, incident_id LIMIT $8\
                    """;

    private final Database database;

    public PostgresIncidentArchive(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Appended> save(Ownership ownership, List<Document> documents) {
        var newest = new TreeMap<String, Document>();
        for (var document : documents) {
            if (!document.cluster().equals(ownership.cluster())) {
                return CompletableFuture.failedStage(
                        new IllegalArgumentException(
                                "the owner of %s may not save an incident of %s"
                                        .formatted(ownership.cluster(), document.cluster())));
            }
            newest.merge(
                    document.id(),
                    document,
                    (one, other) -> other.revision() > one.revision() ? other : one);
        }
        return save(ownership, newest.values()).toCompletionStage();
    }

    private Future<Appended> save(Ownership ownership, Collection<Document> documents) {
        return database.in(
                        ownership.cluster().tenant(),
                        connection ->
                                connection
                                        .preparedQuery(IncidentUpsert.SQL)
                                        .execute(IncidentUpsert.columns(ownership, documents)))
                .map(rows -> rows.size() == 0 ? Appended.FENCED : Appended.DURABLE);
    }

    /**
     * Fails with an {@link IllegalArgumentException} when the cursor is not one that a page gave.
     */
    @Override
    public CompletionStage<Page> list(String tenant, Filter filter) {
        Cursor cursor;
        try {
            cursor = Cursor.parse(filter.cursor());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedStage(e);
        }
        var wanted =
                Tuple.tuple()
                        .addString(tenant)
                        .addOffsetDateTime(Times.sql(cursor.openedAt()))
                        .addString(cursor.id())
                        .addArrayOfString(filter.statuses().toArray(String[]::new))
                        .addArrayOfString(filter.severities().toArray(String[]::new))
                        .addArrayOfString(filter.clusters().toArray(String[]::new))
                        .addString("%" + literally(filter.text()) + "%")
                        .addLong(filter.limit() + 1L);
        return database.in(tenant, connection -> connection.preparedQuery(LIST).execute(wanted))
                .map(rows -> page(tenant, rows, filter.limit()))
                .toCompletionStage();
    }

    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** One row more than asked for was read: it says whether there is a next page. */
    private static Page page(String tenant, RowSet<Row> rows, int limit) {
        var documents =
                StreamSupport.stream(rows.spliterator(), false)
                        .limit(limit)
                        .map(row -> document(tenant, row))
                        .toList();
        if (rows.size() <= limit) {
            return new Page(documents, "");
        }
        var last = documents.getLast();
        return new Page(documents, new Cursor(last.openedAt(), last.id()).text());
    }

    @Override
    public CompletionStage<Optional<Document>> find(String tenant, String id) {
        return database.in(
                        tenant,
                        connection -> connection.preparedQuery(FIND).execute(Tuple.of(tenant, id)))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(row -> document(tenant, row)))
                .toCompletionStage();
    }

    private static Document document(String tenant, Row row) {
        return new Document(
                row.getString("incident_id"),
                new ClusterRef(tenant, row.getString("cluster_id")),
                row.getLong("revision"),
                row.getString("status"),
                row.getString("severity"),
                row.getString("title"),
                row.getString("verdict"),
                row.getString("cause"),
                row.getString("cause_at"),
                row.getDouble("confidence"),
                Times.read(row, "opened_at"),
                Times.read(row, "changed_at"),
                Times.read(row, "resolved_at"),
                row.getString("document"));
    }
}
