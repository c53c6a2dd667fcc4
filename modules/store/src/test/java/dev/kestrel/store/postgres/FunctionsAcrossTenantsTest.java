package dev.kestrel.store.postgres;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the database answers before a tenant is known: each function answers exactly its question,
 * and to whoever does not have the secret, nothing.
 */
class FunctionsAcrossTenantsTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final OffsetDateTime AT = NOW.atOffset(ZoneOffset.UTC);
    private static final String URL = OwnDatabase.newUrl();
    private static final Store STORE = OwnDatabase.open(URL);
    private static final SqlConnection OWNER = OwnDatabase.connectAsOwner(URL);
    private static final SqlConnection APPLICATION = OwnDatabase.connectAsApplication(URL);

    private static ClusterRef mine = new ClusterRef("nobody", "yet");
    private static ClusterRef theirs = mine;

    @BeforeAll
    static void twoTenantsHaveTheSame() {
        mine = tenant("mine");
        theirs = tenant("theirs");
    }

    private static ClusterRef tenant(String name) {
        var cluster = OwnDatabase.newCluster(STORE);
        var user = await(STORE.users().save(cluster.tenant(), name + "@f.test", "h", Role.ADMIN));
        await(STORE.users().keepRefresh(user, "f", name.getBytes(StandardCharsets.UTF_8), NOW));
        await(STORE.owners().claim(cluster, "n", NOW, Duration.ofSeconds(1)));
        return cluster;
    }

    @Test
    void thereIsNoneButThoseThatWereLookedAt() {
        assertThat(
                        texts(
                                """
                                SELECT p.oid::regprocedure::text FROM pg_proc p
                                WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace ORDER BY 1\
                                """))
                .containsExactly(
                        "account_of(text)",
                        "agree_on_key(text,text)",
                        "hold_node(text,text,integer)",
                        "known_key(text)",
                        "leave_node(text,text)",
                        "orphans(timestamp with time zone,integer)",
                        "redeem_join_token(bytea,timestamp with time zone)",
                        "use_refresh_token(bytea,timestamp with time zone)");
    }

    @Test
    void eachRunsAsWhoCannotSignInAndNobodyElseMayCallIt() {
        assertThat(
                        texts(
                                """
                                SELECT p.proname::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
                                WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
                                  AND (r.rolname <> 'kestrel_across' OR r.rolcanlogin
                                       OR p.proconfig IS NULL OR NOT p.proconfig::text LIKE '%search_path%'
                                       OR p.proacl IS NULL OR p.proacl::text ~ '[{,]=')\
                                """))
                .isEmpty();
    }

    @Test
    void whoDoesNotHaveTheSecretGetsNothing() {
        var random = new SplittableRandom(20_400_101);
        for (int i = 0; i < 200; i++) {
            var guess = new byte[random.nextInt(40)];
            random.nextBytes(guess);
            assertThat(rows("SELECT * FROM redeem_join_token($1, $2)", Tuple.of(guess, AT)))
                    .isEmpty();
            assertThat(rows("SELECT * FROM use_refresh_token($1, $2)", Tuple.of(guess, AT)))
                    .isEmpty();
        }
        for (var guess : List.of("", "%", "%@f.test", "MINE@f.test", "' OR true --", "mine@f")) {
            assertThat(rows("SELECT * FROM account_of($1)", Tuple.of(guess))).isEmpty();
        }
    }

    @Test
    void whoHasItGetsOnlyWhatIsTheirs() {
        var before = AT.minusDays(1);
        var digest = mine.toString().getBytes(StandardCharsets.UTF_8);
        var token = "mine".getBytes(StandardCharsets.UTF_8);

        assertThat(rows("SELECT * FROM account_of($1)", Tuple.of("mine@f.test")))
                .containsExactly(mine.tenant());
        assertThat(rows("SELECT * FROM redeem_join_token($1, $2)", Tuple.of(digest, before)))
                .containsExactly(mine.tenant());
        assertThat(rows("SELECT * FROM use_refresh_token($1, $2)", Tuple.of(token, before)))
                .containsExactly(mine.tenant());
        assertThat(count("SELECT count(*) FROM join_token WHERE used_at IS NOT NULL"))
                .as("tokens that were used: one")
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM refresh_token WHERE used")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM sign_in WHERE ended")).isZero();
    }

    /** Which clusters have no owner is for every node to know; that is all it says of them. */
    @Test
    void orphansAreNamedAndNothingElse() {
        var orphans =
                await(
                        APPLICATION
                                .preparedQuery("SELECT * FROM orphans($1, 10)")
                                .execute(Tuple.of(AT.plusDays(1)))
                                .toCompletionStage());

        assertThat(orphans.columnsNames()).containsExactly("tenant_id", "cluster_id");
        assertThat(tenants(orphans)).containsExactlyInAnyOrder(mine.tenant(), theirs.tenant());
    }

    private static List<String> rows(String sql, Tuple arguments) {
        return tenants(
                await(APPLICATION.preparedQuery(sql).execute(arguments).toCompletionStage()));
    }

    private static List<String> tenants(RowSet<Row> rows) {
        var tenants = new ArrayList<String>();
        rows.forEach(row -> tenants.add(row.getString("tenant_id")));
        return tenants;
    }

    private static long count(String sql) {
        return run(sql).iterator().next().getLong(0);
    }

    private static List<String> texts(String sql) {
        var texts = new ArrayList<String>();
        run(sql).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    private static RowSet<Row> run(String sql) {
        return await(OWNER.query(sql).execute().toCompletionStage());
    }
}
