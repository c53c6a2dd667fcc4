package dev.kestrel.store.access;

import dev.kestrel.domain.access.Enrolments;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Join tokens and certificates as rows; a token is used up by the statement that finds it. */
public final class PostgresEnrolments implements Enrolments {
    private static final String REGISTER =
            """
            INSERT INTO cluster (tenant_id, cluster_id, name) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING\
            """;
    private static final String OFFER =
            """
            INSERT INTO join_token (tenant_id, cluster_id, digest, expires_at)
            VALUES ($1, $2, $3, $4)\
            """;
    private static final String REDEEM =
            "SELECT tenant_id, cluster_id FROM redeem_join_token($1, $2)";

    /** Old certificates of the cluster go with it, so that their number stays small. */
    private static final String ISSUED =
            """
            WITH live AS (
                UPDATE cluster SET state = 'ACTIVE'
                WHERE tenant_id = $1 AND cluster_id = $2 AND state <> 'REVOKED'
                RETURNING tenant_id, cluster_id
            ), expired AS (
                DELETE FROM certificate c USING live l
                WHERE c.tenant_id = l.tenant_id AND c.cluster_id = l.cluster_id AND c.not_after < $4
            )
            INSERT INTO certificate (tenant_id, cluster_id, serial, not_before, not_after)
            SELECT tenant_id, cluster_id, $3, $4, $5 FROM live\
            """;

    private static final String VALID =
            """
            SELECT 1 FROM certificate e JOIN cluster c
                ON c.tenant_id = e.tenant_id AND c.cluster_id = e.cluster_id
            WHERE e.tenant_id = $1 AND e.cluster_id = $2 AND e.serial = $3
              AND c.state <> 'REVOKED'\
            """;

    private final Database database;

    public PostgresEnrolments(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Boolean> offer(
            ClusterRef cluster, String name, byte[] tokenDigest, Instant expiresAt) {
        var token =
                Tuple.of(
                        cluster.tenant(),
                        cluster.cluster(),
                        Buffer.buffer(tokenDigest),
                        Times.sql(expiresAt));
        return database.in(
                        cluster.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(REGISTER)
                                        .execute(
                                                Tuple.of(cluster.tenant(), cluster.cluster(), name))
                                        .compose(
                                                rows ->
                                                        rows.rowCount() == 0
                                                                ? Future.succeededFuture(false)
                                                                : connection
                                                                        .preparedQuery(OFFER)
                                                                        .execute(token)
                                                                        .map(true)))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Optional<ClusterRef>> redeem(byte[] tokenDigest, Instant now) {
        return database.withoutTenant()
                .preparedQuery(REDEEM)
                .execute(Tuple.of(Buffer.buffer(tokenDigest), Times.sql(now)))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .findFirst()
                                        .map(
                                                row ->
                                                        new ClusterRef(
                                                                row.getString("tenant_id"),
                                                                row.getString("cluster_id"))))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> issued(
            ClusterRef cluster, String serial, Instant notBefore, Instant notAfter) {
        var row =
                Tuple.of(
                        cluster.tenant(),
                        cluster.cluster(),
                        serial,
                        Times.sql(notBefore),
                        Times.sql(notAfter));
        return database.in(
                        cluster.tenant(),
                        connection -> connection.preparedQuery(ISSUED).execute(row))
                .map(rows -> rows.rowCount() == 1)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> isValid(ClusterRef cluster, String serial) {
        return database.in(
                        cluster.tenant(),
                        connection ->
                                connection
                                        .preparedQuery(VALID)
                                        .execute(
                                                Tuple.of(
                                                        cluster.tenant(),
                                                        cluster.cluster(),
                                                        serial)))
                .map(rows -> rows.size() == 1)
                .toCompletionStage();
    }
}
