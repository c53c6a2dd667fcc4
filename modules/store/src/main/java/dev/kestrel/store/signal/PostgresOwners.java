package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Owners as one row per cluster; the row's lock decides between two that claim at once. */
public final class PostgresOwners implements Owners {
    private static final String CLAIM =
            """
            INSERT INTO cluster_owner AS o (tenant_id, cluster_id, node, epoch, lease_until)
            VALUES ($1, $2, $3, 1, $4)
            ON CONFLICT (tenant_id, cluster_id) DO UPDATE
            SET node = excluded.node, epoch = o.epoch + 1, lease_until = excluded.lease_until
            RETURNING epoch\
            """;
    private static final String ADOPT =
            """
            UPDATE cluster_owner SET node = $3, epoch = epoch + 1, lease_until = $4
            WHERE tenant_id = $1 AND cluster_id = $2 AND lease_until <= $5
            RETURNING node, epoch\
            """;
    private static final String RENEW =
            """
            UPDATE cluster_owner SET lease_until = $5
            WHERE tenant_id = $1 AND cluster_id = $2 AND node = $3 AND epoch = $4\
            """;
    private static final String RELEASE =
            """
            UPDATE cluster_owner SET lease_until = '-infinity', node = ''
            WHERE tenant_id = $1 AND cluster_id = $2 AND node = $3 AND epoch = $4\
            """;
    private static final String FIND =
            """
            SELECT node, epoch FROM cluster_owner
            WHERE tenant_id = $1 AND cluster_id = $2 AND node <> ''\
            """;
    private static final String ORPHANS = "SELECT tenant_id, cluster_id FROM orphans($1, $2)";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;

    public PostgresOwners(Database database) {
        this.database = database;
    }

    /** Fails with an {@link IllegalArgumentException} for a cluster that nobody registered. */
    @Override
    public CompletionStage<Ownership> claim(
            ClusterRef cluster, String node, Instant now, Duration lease) {
        var row = Tuple.of(cluster.tenant(), cluster.cluster(), node, Times.sql(now.plus(lease)));
        return database.in(
                        cluster.tenant(),
                        connection -> connection.preparedQuery(CLAIM).execute(row))
                .map(rows -> new Ownership(cluster, node, rows.iterator().next().getLong("epoch")))
                .recover(failure -> Future.failedFuture(explained(cluster, failure)))
                .toCompletionStage();
    }

    private static Throwable explained(ClusterRef cluster, Throwable failure) {
        return failure instanceof PgException refused
                        && refused.getSqlState().equals(FOREIGN_KEY_VIOLATION)
                ? new IllegalArgumentException(
                        "there is no cluster %s to own: register it first".formatted(cluster),
                        failure)
                : failure;
    }

    @Override
    public CompletionStage<Optional<Ownership>> adopt(
            ClusterRef cluster, String node, Instant now, Duration lease) {
        var row =
                Tuple.tuple()
                        .addString(cluster.tenant())
                        .addString(cluster.cluster())
                        .addString(node)
                        .addOffsetDateTime(Times.sql(now.plus(lease)))
                        .addOffsetDateTime(Times.sql(now));
        return ownership(cluster, ADOPT, row);
    }

    @Override
    public CompletionStage<Optional<Ownership>> renew(
            Ownership ownership, Instant now, Duration lease) {
        var row = key(ownership).addOffsetDateTime(Times.sql(now.plus(lease)));
        return database.in(
                        ownership.cluster().tenant(),
                        connection -> connection.preparedQuery(RENEW).execute(row))
                .map(rows -> Optional.of(ownership).filter(_ -> rows.rowCount() == 1))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> release(Ownership ownership) {
        return database.in(
                        ownership.cluster().tenant(),
                        connection -> connection.preparedQuery(RELEASE).execute(key(ownership)))
                .map(rows -> rows.rowCount() == 1)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Optional<Ownership>> find(ClusterRef cluster) {
        return ownership(cluster, FIND, Tuple.of(cluster.tenant(), cluster.cluster()));
    }

    private CompletionStage<Optional<Ownership>> ownership(
            ClusterRef cluster, String statement, Tuple parameters) {
        return database.in(
                        cluster.tenant(),
                        connection -> connection.preparedQuery(statement).execute(parameters))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(row -> ownership(cluster, row)))
                .toCompletionStage();
    }

    private static Ownership ownership(ClusterRef cluster, Row row) {
        return new Ownership(cluster, row.getString("node"), row.getLong("epoch"));
    }

    @Override
    public CompletionStage<List<ClusterRef>> orphans(Instant now, int limit) {
        return database.withoutTenant()
                .preparedQuery(ORPHANS)
                .execute(Tuple.of(Times.sql(now), limit))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(PostgresOwners::cluster)
                                        .toList())
                .toCompletionStage();
    }

    private static ClusterRef cluster(Row row) {
        return new ClusterRef(row.getString("tenant_id"), row.getString("cluster_id"));
    }

    private static Tuple key(Ownership ownership) {
        return Tuple.tuple()
                .addString(ownership.cluster().tenant())
                .addString(ownership.cluster().cluster())
                .addString(ownership.node())
                .addLong(ownership.epoch());
    }
}
