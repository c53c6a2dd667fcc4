package dev.kestrel.store.access;

import dev.kestrel.domain.access.Clusters;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Clusters as one row each, with how they are doing. */
public final class PostgresClusters implements Clusters {
    private static final String COLUMNS =
            """
            SELECT cluster_id, name, state, created_at, connected, last_heard_at, operator_version,
                   kubernetes_version, write_enabled, visibility, health
            FROM cluster WHERE tenant_id = $1\
            """;
    private static final String LIST = COLUMNS + " ORDER BY name";
    private static final String FIND = COLUMNS + " AND cluster_id = $2";
    private static final String REVOKE =
            """
            UPDATE cluster SET state = 'REVOKED', connected = false,
                revoked_at = coalesce(revoked_at, $3)
            WHERE tenant_id = $1 AND cluster_id = $2\
            """;

    /** Answers one row when the ownership holds, none when it was fenced. */
    private static final String REPORT =
            """
            WITH owner AS MATERIALIZED (
                SELECT tenant_id, cluster_id FROM cluster_owner
                WHERE tenant_id = $1 AND cluster_id = $2 AND node = $3 AND epoch = $4 FOR SHARE
            ), written AS (
                UPDATE cluster c SET connected = $5 AND c.state <> 'REVOKED', last_heard_at = $6,
                    operator_version = $7, kubernetes_version = $8, write_enabled = $9,
                    visibility = $10, health = $11
                FROM owner o WHERE c.tenant_id = o.tenant_id AND c.cluster_id = o.cluster_id
            )
            SELECT 1 FROM owner\
            """;

    private final Database database;

    public PostgresClusters(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<Registered>> list(String tenant) {
        return read(tenant, LIST, Tuple.of(tenant));
    }

    @Override
    public CompletionStage<Optional<Registered>> find(String tenant, String cluster) {
        return read(tenant, FIND, Tuple.of(tenant, cluster))
                .thenApply(found -> found.stream().findFirst());
    }

    private CompletionStage<List<Registered>> read(String tenant, String sql, Tuple wanted) {
        return database.in(tenant, connection -> connection.preparedQuery(sql).execute(wanted))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(row -> registered(tenant, row))
                                        .toList())
                .toCompletionStage();
    }

    private static Registered registered(String tenant, Row row) {
        return new Registered(
                new ClusterRef(tenant, row.getString("cluster_id")),
                row.getString("name"),
                row.getString("state"),
                Times.read(row, "created_at"),
                new Health(
                        row.getBoolean("connected"),
                        Times.read(row, "last_heard_at"),
                        row.getString("operator_version"),
                        row.getString("kubernetes_version"),
                        row.getBoolean("write_enabled"),
                        row.getDouble("visibility"),
                        row.getString("health")));
    }

    @Override
    public CompletionStage<Boolean> revoke(ClusterRef cluster, Instant now) {
        return database.in(
                        cluster.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(REVOKE)
                                        .execute(
                                                Tuple.of(
                                                        cluster.tenant(),
                                                        cluster.cluster(),
                                                        Times.sql(now))))
                .map(rows -> rows.rowCount() == 1)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Appended> report(Ownership ownership, Health health) {
        var row =
                Tuple.tuple()
                        .addString(ownership.cluster().tenant())
                        .addString(ownership.cluster().cluster())
                        .addString(ownership.node())
                        .addLong(ownership.epoch())
                        .addBoolean(health.connected())
                        .addOffsetDateTime(Times.sql(health.lastHeardAt()))
                        .addString(health.operatorVersion())
                        .addString(health.kubernetesVersion())
                        .addBoolean(health.writeEnabled())
                        .addDouble(health.visibility())
                        .addString(health.json());
        return database.in(
                        ownership.cluster().tenant(),
                        connection -> connection.preparedQuery(REPORT).execute(row))
                .map(rows -> rows.size() == 0 ? Appended.FENCED : Appended.DURABLE)
                .toCompletionStage();
    }
}
