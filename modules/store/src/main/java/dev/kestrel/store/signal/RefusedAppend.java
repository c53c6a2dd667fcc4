package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.postgres.Database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Finds out why an append wrote nothing: its owner was fenced, the same entries are there already,
 * or the caller counted wrongly.
 */
final class RefusedAppend {
    private static final String OWNER =
            """
            SELECT node, epoch, journal_end FROM cluster_owner
            WHERE tenant_id = $1 AND cluster_id = $2\
            """;
    private static final String KEPT =
            """
            SELECT journal_offset, received_at, kind, boot_id, sequence, body FROM journal
            WHERE tenant_id = $1 AND cluster_id = $2 AND journal_offset BETWEEN $3 AND $4
            ORDER BY journal_offset\
            """;

    private final Database database;

    RefusedAppend(Database database) {
        this.database = database;
    }

    Future<Appended> explain(Pending append) {
        var cluster = append.ownership().cluster();
        return database.in(
                cluster.tenant(),
                connection ->
                        connection
                                .preparedQuery(OWNER)
                                .execute(Tuple.of(cluster.tenant(), cluster.cluster()))
                                .compose(
                                        owner ->
                                                owner.size() == 0
                                                        ? Future.succeededFuture(Appended.FENCED)
                                                        : explain(
                                                                connection,
                                                                append,
                                                                owner.iterator().next())));
    }

    private static Future<Appended> explain(SqlConnection connection, Pending append, Row owner) {
        if (!isOwner(append.ownership(), owner)) {
            return Future.succeededFuture(Appended.FENCED);
        }
        var end = owner.getLong("journal_end");
        var cluster = append.ownership().cluster();
        return connection
                .preparedQuery(KEPT)
                .execute(
                        Tuple.of(
                                cluster.tenant(), cluster.cluster(), append.first(), append.last()))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(PostgresJournal::entry)
                                        .toList())
                .compose(
                        kept ->
                                isSame(kept, append.entries())
                                        ? Future.succeededFuture(Appended.DURABLE)
                                        : Future.failedFuture(gap(cluster, end, append)));
    }

    private static boolean isOwner(Ownership ownership, Row owner) {
        return owner.getString("node").equals(ownership.node())
                && owner.getLong("epoch") == ownership.epoch();
    }

    private static IllegalStateException gap(ClusterRef cluster, long end, Pending append) {
        return new IllegalStateException(
                "the journal of %s ends at %d, so offset %d does not follow"
                        .formatted(cluster, end, append.first()));
    }

    private static boolean isSame(List<Entry> kept, List<Entry> asked) {
        if (kept.size() != asked.size()) {
            return false;
        }
        for (int i = 0; i < kept.size(); i++) {
            var one = kept.get(i);
            var other = asked.get(i);
            if (one.kind() != other.kind()
                    || !one.bootId().equals(other.bootId())
                    || one.sequence() != other.sequence()
                    || !Arrays.equals(one.body(), other.body())) {
                return false;
            }
        }
        return true;
    }
}
