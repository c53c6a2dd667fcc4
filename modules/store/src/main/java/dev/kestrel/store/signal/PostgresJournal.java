package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** The journal as one row per entry, and one checkpoint per cluster. */
public final class PostgresJournal implements Journal {
    private static final String READ =
            """
            SELECT journal_offset, received_at, kind, boot_id, sequence, body FROM journal
            WHERE tenant_id = $1 AND cluster_id = $2 AND journal_offset > $3
            ORDER BY journal_offset LIMIT $4\
            """;
    private static final String LATEST =
            """
            SELECT journal_offset, taken_at, body FROM checkpoint
            WHERE tenant_id = $1 AND cluster_id = $2\
            """;

    /** The owner's row is locked, so that nobody claims the cluster before this is committed. */
    private static final String OWNED =
            """
            SELECT 1 FROM cluster_owner
            WHERE tenant_id = $1 AND cluster_id = $2 AND node = $3 AND epoch = $4 FOR SHARE\
            """;

    private static final String SAVE =
            """
            INSERT INTO checkpoint AS c (tenant_id, cluster_id, journal_offset, taken_at, body)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, cluster_id) DO UPDATE
            SET journal_offset = excluded.journal_offset, taken_at = excluded.taken_at,
                body = excluded.body
            WHERE c.journal_offset <= excluded.journal_offset\
            """;
    private static final String DROP =
            """
            DELETE FROM journal
            WHERE tenant_id = $1 AND cluster_id = $2 AND journal_offset <= $3
              AND ($5 OR received_at <= $4)\
            """;

    private final Vertx vertx;
    private final Database database;
    private final JournalWriter writer;
    private final Duration retention;

    /**
     * Appends through the writer that all clusters share.
     *
     * @param retention how long an entry is kept at least
     */
    public PostgresJournal(
            Vertx vertx, Database database, JournalWriter writer, Duration retention) {
        this.vertx = vertx;
        this.database = database;
        this.writer = writer;
        this.retention = retention;
    }

    @Override
    public CompletionStage<Appended> append(Ownership ownership, List<Entry> entries) {
        return writer.append(ownership, entries).toCompletionStage();
    }

    @Override
    public CompletionStage<List<Entry>> read(ClusterRef cluster, long afterOffset, int limit) {
        return database.in(
                        cluster.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(READ)
                                        .execute(
                                                Tuple.of(
                                                        cluster.tenant(),
                                                        cluster.cluster(),
                                                        afterOffset,
                                                        (long) limit)))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(PostgresJournal::entry)
                                        .toList())
                .toCompletionStage();
    }

    static Entry entry(Row row) {
        return new Entry(
                row.getLong("journal_offset"),
                Times.read(row, "received_at"),
                KindCode.kind(row.getShort("kind")),
                row.getString("boot_id"),
                row.getLong("sequence"),
                row.getBuffer("body").getBytes());
    }

    @Override
    public CompletionStage<Optional<Checkpoint>> latestCheckpoint(ClusterRef cluster) {
        return database.in(
                        cluster.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(LATEST)
                                        .execute(Tuple.of(cluster.tenant(), cluster.cluster())))
                .compose(
                        rows ->
                                rows.size() == 0
                                        ? Future.succeededFuture(Optional.<Checkpoint>empty())
                                        : unpacked(rows.iterator().next()))
                .toCompletionStage();
    }

    private Future<Optional<Checkpoint>> unpacked(Row row) {
        return vertx.executeBlocking(
                () ->
                        Optional.of(
                                new Checkpoint(
                                        row.getLong("journal_offset"),
                                        Times.read(row, "taken_at"),
                                        Packed.open(row.getBuffer("body").getBytes()))));
    }

    @Override
    public CompletionStage<Appended> checkpoint(Ownership ownership, Checkpoint checkpoint) {
        return vertx.executeBlocking(() -> Buffer.buffer(Packed.pack(checkpoint.body())))
                .compose(
                        body ->
                                database.in(
                                        ownership.cluster().tenant(),
                                        connection ->
                                                save(connection, ownership, checkpoint, body)))
                .toCompletionStage();
    }

    private Future<Appended> save(
            SqlConnection connection, Ownership ownership, Checkpoint checkpoint, Buffer body) {
        var cluster = ownership.cluster();
        return connection
                .preparedQuery(OWNED)
                .execute(
                        Tuple.of(
                                cluster.tenant(),
                                cluster.cluster(),
                                ownership.node(),
                                ownership.epoch()))
                .compose(
                        owned ->
                                owned.size() == 0
                                        ? Future.succeededFuture(Appended.FENCED)
                                        : write(connection, cluster, checkpoint, body));
    }

    private Future<Appended> write(
            SqlConnection connection, ClusterRef cluster, Checkpoint checkpoint, Buffer body) {
        var save =
                Tuple.of(
                        cluster.tenant(),
                        cluster.cluster(),
                        checkpoint.offset(),
                        Times.sql(checkpoint.at()),
                        body);
        var drop =
                Tuple.of(
                        cluster.tenant(),
                        cluster.cluster(),
                        checkpoint.offset(),
                        Times.sql(checkpoint.at().minus(retention)),
                        retention.isZero());
        return connection
                .preparedQuery(SAVE)
                .execute(save)
                .compose(_ -> connection.preparedQuery(DROP).execute(drop))
                .map(Appended.DURABLE);
    }
}
