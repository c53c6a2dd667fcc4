package dev.kestrel.store.signal;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Checkpoint;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Journal.Kind;
import dev.kestrel.domain.signal.Ownership;
import dev.kestrel.store.OwnDatabase;
import dev.kestrel.store.Store;
import dev.kestrel.store.StoreConfig;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.SqlConnection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Many clusters share each commit, and none of them pays for another's mistakes. */
class JournalWriterTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final String URL = OwnDatabase.newUrl();
    private static final int QUEUE = 3;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Store store = OwnDatabase.open(StoreConfig.at(URL), metrics);

    @Test
    void whatArrivesDuringACommitGoesIntoTheNextTogether() {
        var owners = List.of(newOwner(store), newOwner(store), newOwner(store), newOwner(store));
        var appends = new ArrayList<CompletionStage<Appended>>();
        for (int offset = 1; offset <= 200; offset++) {
            for (var owner : owners) {
                appends.add(store.journal().append(owner, List.of(entry(offset, "boot"))));
            }
        }

        appends.forEach(append -> assertThat(await(append)).isEqualTo(Appended.DURABLE));

        assertThat(metrics.get("kestrel_journal_entries_appended").counter().count())
                .isEqualTo(800);
        assertThat(metrics.get("kestrel_journal_committed").timer().count()).isLessThan(80);
    }

    @Test
    void anEntryThatTheDatabaseCannotKeepFailsAlone() {
        var good = newOwner(store);
        var bad = newOwner(store);
        var held = holdUp(good);
        var first = store.journal().append(good, List.of(entry(1, "boot")));
        var refused = store.journal().append(bad, List.of(entry(1, "boot\0")));
        var second = store.journal().append(good, List.of(entry(2, "boot")));
        await(held.query("ROLLBACK").execute().toCompletionStage());

        assertThat(await(first)).isEqualTo(Appended.DURABLE);
        assertThat(await(second)).isEqualTo(Appended.DURABLE);
        assertThatThrownBy(() -> await(refused)).hasMessageContaining("0x00");
    }

    @Test
    void aRepeatInFrontOfSomethingNewDoesNotHoldItBack() {
        var mine = newOwner(store);
        var other = newOwner(store);
        await(store.journal().append(mine, List.of(entry(1, "boot"))));
        var held = holdUp(other);
        store.journal().append(other, List.of(entry(1, "boot")));

        var repeat = store.journal().append(mine, List.of(entry(1, "boot")));
        var next = store.journal().append(mine, List.of(entry(2, "boot")));
        await(held.query("ROLLBACK").execute().toCompletionStage());

        assertThat(await(repeat)).isEqualTo(Appended.DURABLE);
        assertThat(await(next)).isEqualTo(Appended.DURABLE);
    }

    @Test
    void whenTooMuchWaitsForTheDatabaseTheNextAppendFailsAndIsCounted() {
        var config = new StoreConfig(URL, "", 4, Duration.ZERO, QUEUE);
        var narrow = OwnDatabase.open(config, metrics);
        var mine = newOwner(narrow);
        var held = holdUp(mine);
        var first = narrow.journal().append(mine, List.of(entry(1, "boot")));
        var waiting =
                narrow.journal()
                        .append(
                                mine,
                                List.of(entry(2, "boot"), entry(3, "boot"), entry(4, "boot")));

        assertThatThrownBy(() -> await(narrow.journal().append(mine, List.of(entry(5, "boot")))))
                .hasMessageContaining("3 journal entries wait");
        assertThat(metrics.get("kestrel_limit_hit").counter().count()).isEqualTo(1);

        await(held.query("ROLLBACK").execute().toCompletionStage());
        assertThat(await(first)).isEqualTo(Appended.DURABLE);
        assertThat(await(waiting)).isEqualTo(Appended.DURABLE);
    }

    @Test
    void connectionsThatBreakLoseNothingAndRepeatNothing() {
        var mine = newOwner(store);
        var owner = OwnDatabase.connectAsOwner(URL);
        for (int offset = 1; offset <= 100; offset++) {
            var append = List.of(entry(offset, "boot"));
            var answer = store.journal().append(mine, append);
            if (offset % 10 == 0) {
                await(
                        owner.query(
                                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                                + " WHERE usename = 'kestrel_app'")
                                .execute()
                                .toCompletionStage());
            }
            assertThat(await(answer)).isEqualTo(Appended.DURABLE);
        }

        var reader = OwnDatabase.open(URL);
        assertThat(await(reader.journal().read(mine.cluster(), 0, 1000)))
                .extracting(Entry::offset)
                .hasSize(100)
                .isSorted();
    }

    @Test
    void coveredEntriesAreKeptForTheirRetention() {
        var config = new StoreConfig(URL, "", 4, Duration.ofMinutes(10), 1000);
        var keeping = OwnDatabase.open(config, metrics);
        var mine = newOwner(keeping);
        await(keeping.journal().append(mine, List.of(entry(1, "boot"))));
        var covers = new byte[] {1};

        await(keeping.journal().checkpoint(mine, checkpoint(NOW.plusSeconds(599), covers)));
        assertThat(await(keeping.journal().read(mine.cluster(), 0, 10))).hasSize(1);
        await(keeping.journal().checkpoint(mine, checkpoint(NOW.plusSeconds(600), covers)));
        assertThat(await(keeping.journal().read(mine.cluster(), 0, 10))).isEmpty();
    }

    private static Checkpoint checkpoint(Instant at, byte[] body) {
        return new Checkpoint(1, at, body);
    }

    /** Locks the owner's row, so that the next commit waits until this connection lets go. */
    private static SqlConnection holdUp(Ownership ownership) {
        var connection = OwnDatabase.connectAsOwner(URL);
        await(connection.query("BEGIN").execute().toCompletionStage());
        await(
                connection
                        .query(
                                "SELECT 1 FROM cluster_owner WHERE tenant_id = '%s' FOR UPDATE"
                                        .formatted(ownership.cluster().tenant()))
                        .execute()
                        .toCompletionStage());
        return connection;
    }

    private static Ownership newOwner(Store store) {
        return await(
                store.owners()
                        .claim(OwnDatabase.newCluster(store), "a", NOW, Duration.ofSeconds(10)));
    }

    private static Entry entry(long offset, String boot) {
        return new Entry(offset, NOW, Kind.BATCH, boot, offset, new byte[] {(byte) offset});
    }
}
