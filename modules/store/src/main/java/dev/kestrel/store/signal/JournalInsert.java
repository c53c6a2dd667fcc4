package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.store.postgres.Database;
import dev.kestrel.store.postgres.Times;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes a group of appends in one statement and one commit. The owner's row is checked and its end
 * of the journal moved by the same statement, so a fenced owner or a gap writes nothing, and other
 * clusters of the group do not notice.
 */
final class JournalInsert {
    private static final String SQL =
            """
            WITH run AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
                    AS r (tenant_id, cluster_id, node, epoch, first_offset, last_offset)
            ), mine AS (
                UPDATE cluster_owner o SET journal_end = r.last_offset FROM run r
                WHERE o.tenant_id = r.tenant_id AND o.cluster_id = r.cluster_id
                  AND o.node = r.node AND o.epoch = r.epoch AND o.journal_end = r.first_offset - 1
                RETURNING o.tenant_id, o.cluster_id
            ), written AS (
                INSERT INTO journal
                    (tenant_id, cluster_id, journal_offset, received_at, kind, boot_id, sequence, body)
                SELECT e.* FROM unnest($7::text[], $8::text[], $9::bigint[], $10::timestamptz[], $11::smallint[],
                                       $12::text[], $13::bigint[], $14::bytea[])
                    AS e (tenant_id, cluster_id, journal_offset, received_at, kind, boot_id, sequence, body)
                JOIN mine m ON m.tenant_id = e.tenant_id AND m.cluster_id = e.cluster_id
            )
            SELECT tenant_id, cluster_id FROM mine\
            """;

    private final Database database;

    JournalInsert(Database database) {
        this.database = database;
    }

    /** The clusters whose run was written; the others of the group were refused. */
    Future<Set<ClusterRef>> write(AppendGroup group) {
        var columns = columns(group);
        return database.inAll(
                        group.tenants(),
                        connection -> connection.preparedQuery(SQL).execute(columns))
                .map(
                        rows -> {
                            var written = new HashSet<ClusterRef>();
                            rows.forEach(
                                    row ->
                                            written.add(
                                                    new ClusterRef(
                                                            row.getString("tenant_id"),
                                                            row.getString("cluster_id"))));
                            return written;
                        });
    }

    private static Tuple columns(AppendGroup group) {
        var runs = group.runs().values().stream().toList();
        var row =
                Tuple.tuple()
                        .addArrayOfString(each(runs, run -> head(run).tenant()))
                        .addArrayOfString(each(runs, run -> head(run).cluster()))
                        .addArrayOfString(each(runs, run -> run.getFirst().ownership().node()))
                        .addArrayOfLong(
                                runs.stream()
                                        .map(run -> run.getFirst().ownership().epoch())
                                        .toArray(Long[]::new))
                        .addArrayOfLong(
                                runs.stream()
                                        .map(run -> run.getFirst().first())
                                        .toArray(Long[]::new))
                        .addArrayOfLong(
                                runs.stream()
                                        .map(run -> run.getLast().last())
                                        .toArray(Long[]::new));
        return addEntries(row, group);
    }

    private static ClusterRef head(List<Pending> run) {
        return run.getFirst().ownership().cluster();
    }

    private static String[] each(List<List<Pending>> runs, Function<List<Pending>, String> column) {
        return runs.stream().map(column).toArray(String[]::new);
    }

    private static Tuple addEntries(Tuple row, AppendGroup group) {
        var tenants = new ArrayList<String>();
        var clusters = new ArrayList<String>();
        var offsets = new ArrayList<Long>();
        var times = new ArrayList<OffsetDateTime>();
        var kinds = new ArrayList<Short>();
        var boots = new ArrayList<String>();
        var sequences = new ArrayList<Long>();
        var bodies = new ArrayList<Buffer>();
        for (var cluster : group.runs().keySet()) {
            for (var entry : group.entries(cluster)) {
                tenants.add(cluster.tenant());
                clusters.add(cluster.cluster());
                offsets.add(entry.offset());
                times.add(Times.sql(entry.receivedAt()));
                kinds.add(KindCode.of(entry.kind()));
                boots.add(entry.bootId());
                sequences.add(entry.sequence());
                bodies.add(Buffer.buffer(entry.body()));
            }
        }
        return row.addArrayOfString(tenants.toArray(String[]::new))
                .addArrayOfString(clusters.toArray(String[]::new))
                .addArrayOfLong(offsets.toArray(Long[]::new))
                .addArrayOfOffsetDateTime(times.toArray(OffsetDateTime[]::new))
                .addArrayOfShort(kinds.toArray(Short[]::new))
                .addArrayOfString(boots.toArray(String[]::new))
                .addArrayOfLong(sequences.toArray(Long[]::new))
                .addArrayOfBuffer(bodies.toArray(Buffer[]::new));
    }
}
