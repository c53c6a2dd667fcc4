package dev.kestrel.store.postgres;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Checkpoint;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Journal.Kind;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The database keeps tenants apart even where a statement forgets to. */
class RowLevelSecurityTest {
    private static final String[] BY_FUNCTION = {"node_lease", "shared_key"};
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final String URL = OwnDatabase.newUrl();
    private static final Store STORE = OwnDatabase.open(URL);
    private static final SqlConnection OWNER = OwnDatabase.connectAsOwner(URL);
    private static final SqlConnection APPLICATION = OwnDatabase.connectAsApplication(URL);

    @BeforeAll
    static void aTenantHasARowInEveryTable() {
        var cluster = OwnDatabase.newCluster(STORE);
        var alice = await(STORE.users().save(cluster.tenant(), "a@rls.test", "hash", Role.ADMIN));
        await(STORE.users().keepRefresh(alice, "f", new byte[] {1}, NOW));
        await(STORE.enrolments().issued(cluster, "0a", NOW, NOW));
        await(STORE.audit().append(cluster.tenant(), "a", "did", "it", "", NOW));
        var mine = await(STORE.owners().claim(cluster, "n", NOW, Duration.ofSeconds(1)));
        await(STORE.journal().append(mine, List.of(entry(1), entry(2))));
        await(STORE.journal().checkpoint(mine, new Checkpoint(1, NOW, new byte[] {1})));
        await(STORE.incidents().save(mine, List.of(document(cluster))));
        await(STORE.nodes().hold("n", "i", Duration.ofSeconds(1)).toCompletionStage());
        await(STORE.nodes().agreeOnKey("authority", "f").toCompletionStage());
    }

    @Test
    void everyTableIsUnderRowLevelSecurityEvenForItsOwner() {
        var open =
                texts(
                        OWNER,
                        """
                        SELECT relname::text FROM pg_class
                        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                          AND relname <> 'flyway_schema_history'
                          AND NOT (relrowsecurity AND relforcerowsecurity)\
                        """);

        assertThat(open).isEmpty();
        assertThat(tables()).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void theApplicationSeesNothingOfAnotherTenantEvenWithoutACondition() {
        for (var table : tables()) {
            assertThat(count(OWNER, table)).as("rows there are in " + table).isPositive();
            assertThat(countAs("stranger", table)).as("rows a stranger sees in " + table).isZero();
        }
        assertThat(tables()).filteredOn(table -> !isReadable(table)).containsExactly(BY_FUNCTION);
    }

    @Test
    void theApplicationSeesNothingWhenItForgetsToNameATenant() {
        for (var table : tables()) {
            assertThat(seen(table)).as("rows seen in " + table).isZero();
        }
    }

    @Test
    void theApplicationWritesNoRowOfAnotherTenant() {
        run(APPLICATION, "BEGIN");
        run(APPLICATION, "SET LOCAL kestrel.tenant = 'stranger'");
        assertThatThrownBy(
                        () ->
                                run(
                                        APPLICATION,
                                        "INSERT INTO audit VALUES ('t-1', 99, now(), '', '', '',"
                                                + " '', '')"))
                .hasMessageContaining("row-level security");
        run(APPLICATION, "ROLLBACK");
    }

    @Test
    void theApplicationsRoleOwnsNothingAndCannotGetRoundIt() {
        assertThat(
                        texts(
                                OWNER,
                                """
                                SELECT relname::text FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                                WHERE r.rolname IN ('kestrel_app', 'kestrel_across')\
                                """))
                .isEmpty();
        assertThat(
                        texts(
                                OWNER,
                                """
                                SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'kestrel%'
                                  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)\
                                """))
                .isEmpty();
        assertThatThrownBy(() -> run(APPLICATION, "SET ROLE kestrel_across"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theAuditLogCannotBeChangedOrShortened() {
        assertThatThrownBy(() -> run(APPLICATION, "UPDATE audit SET by = 'someone else'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run(APPLICATION, "DELETE FROM audit"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run(APPLICATION, "TRUNCATE audit"))
                .hasMessageContaining("permission denied");
    }

    private static List<String> tables() {
        return texts(
                OWNER,
                """
                SELECT relname::text FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                  AND relname <> 'flyway_schema_history' ORDER BY 1\
                """);
    }

    private static long countAs(String tenant, String table) {
        run(APPLICATION, "BEGIN");
        run(APPLICATION, "SET LOCAL kestrel.tenant = '" + tenant + "'");
        var seen = seen(table);
        run(APPLICATION, "ROLLBACK");
        return seen;
    }

    /** Nothing can be seen of what may not be read. */
    private static long seen(String table) {
        return isReadable(table) ? count(APPLICATION, table) : 0;
    }

    private static boolean isReadable(String table) {
        return run(APPLICATION, "SELECT has_table_privilege('" + table + "', 'SELECT')")
                .iterator()
                .next()
                .getBoolean(0);
    }

    private static long count(SqlConnection connection, String table) {
        return run(connection, "SELECT count(*) FROM " + table).iterator().next().getLong(0);
    }

    private static List<String> texts(SqlConnection connection, String sql) {
        var texts = new ArrayList<String>();
        run(connection, sql).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    private static RowSet<Row> run(SqlConnection connection, String sql) {
        return await(connection.query(sql).execute().toCompletionStage());
    }

    private static Entry entry(long offset) {
        return new Entry(offset, NOW, Kind.INPUT, "", 0, new byte[] {1});
    }

    private static Document document(ClusterRef cluster) {
        return new Document(
                "i-1", cluster, 1, "OPEN", "HIGH", "x", "", "", "", 0, NOW, NOW, NOW, "{}");
    }
}
