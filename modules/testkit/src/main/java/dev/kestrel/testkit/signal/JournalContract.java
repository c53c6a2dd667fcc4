package dev.kestrel.testkit.signal;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.domain.signal.Journal.Appended;
import dev.kestrel.domain.signal.Journal.Checkpoint;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Journal.Kind;
import dev.kestrel.domain.signal.Owners;
import dev.kestrel.domain.signal.Ownership;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What every journal must do. */
public abstract class JournalContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** The adapter under test; keeps nothing that a checkpoint covers. */
    protected abstract Journal journal();

    /** The owners that the journal fences by. */
    protected abstract Owners owners();

    /** A cluster that exists, that was never owned, and that no other test uses. */
    protected abstract ClusterRef newCluster();

    @Test
    void entriesComeBackInOrderAndWhole() {
        var mine = claim(newCluster(), "a");

        assertThat(await(journal().append(mine, List.of(batch(1), input(2)))))
                .isEqualTo(Appended.DURABLE);
        assertThat(await(journal().append(mine, List.of(batch(3))))).isEqualTo(Appended.DURABLE);

        assertThat(await(journal().read(mine.cluster(), 0, 10)))
                .usingRecursiveComparison()
                .isEqualTo(List.of(batch(1), input(2), batch(3)));
        assertThat(offsets(journal().read(mine.cluster(), 1, 1))).containsExactly(2L);
        assertThat(await(journal().read(mine.cluster(), 3, 10))).isEmpty();
    }

    @Test
    void appendsThatAreNotWaitedForKeepTheirOrder() {
        var one = claim(newCluster(), "a");
        var other = claim(newCluster(), "a");
        var appends = new ArrayList<CompletionStage<Appended>>();
        for (int offset = 1; offset <= 200; offset++) {
            appends.add(journal().append(one, List.of(batch(offset))));
            appends.add(journal().append(other, List.of(batch(offset))));
        }

        appends.forEach(append -> assertThat(await(append)).isEqualTo(Appended.DURABLE));
        assertThat(offsets(journal().read(one.cluster(), 0, 1000))).hasSize(200).isSorted();
        assertThat(offsets(journal().read(other.cluster(), 0, 1000))).hasSize(200).isSorted();
    }

    @Test
    void aRepeatedAppendIsDurableOnce() {
        var mine = claim(newCluster(), "a");
        await(journal().append(mine, List.of(batch(1), batch(2))));

        assertThat(await(journal().append(mine, List.of(batch(1), batch(2)))))
                .isEqualTo(Appended.DURABLE);

        assertThat(offsets(journal().read(mine.cluster(), 0, 10))).containsExactly(1L, 2L);
    }

    @Test
    void aGapOrAnotherEntryAtATakenOffsetIsRefused() {
        var mine = claim(newCluster(), "a");
        await(journal().append(mine, List.of(batch(1))));

        assertThatThrownBy(() -> await(journal().append(mine, List.of(batch(3)))))
                .hasMessageContaining("ends at 1")
                .hasMessageContaining("3");
        assertThatThrownBy(() -> await(journal().append(mine, List.of(input(1)))))
                .hasMessageContaining("ends at 1");
        assertThat(offsets(journal().read(mine.cluster(), 0, 10))).containsExactly(1L);
    }

    @Test
    void anOwnerThatWasOvertakenIsFencedInEveryWrite() {
        var mine = claim(newCluster(), "a");
        await(journal().append(mine, List.of(batch(1))));
        var theirs = claim(mine.cluster(), "b");

        assertThat(await(journal().append(mine, List.of(batch(2))))).isEqualTo(Appended.FENCED);
        assertThat(await(journal().append(mine, List.of(batch(1))))).isEqualTo(Appended.FENCED);
        assertThat(await(journal().checkpoint(mine, checkpoint(1)))).isEqualTo(Appended.FENCED);

        assertThat(await(journal().append(theirs, List.of(batch(2))))).isEqualTo(Appended.DURABLE);
        assertThat(offsets(journal().read(mine.cluster(), 0, 10))).containsExactly(1L, 2L);
        assertThat(await(journal().latestCheckpoint(mine.cluster()))).isEmpty();
    }

    @Test
    void anOwnerThatGaveTheClusterBackIsFenced() {
        var mine = claim(newCluster(), "a");
        await(owners().release(mine));

        assertThat(await(journal().append(mine, List.of(batch(1))))).isEqualTo(Appended.FENCED);
    }

    @Test
    void nobodyWritesForAClusterThatWasNeverClaimed() {
        var never = new Ownership(newCluster(), "a", 1);

        assertThat(await(journal().append(never, List.of(batch(1))))).isEqualTo(Appended.FENCED);
    }

    @Test
    void oneClusterFencedDoesNotHoldUpAnother() {
        var fenced = claim(newCluster(), "a");
        claim(fenced.cluster(), "b");
        var mine = claim(newCluster(), "a");

        var refused = journal().append(fenced, List.of(batch(1)));
        var taken = journal().append(mine, List.of(batch(1)));

        assertThat(await(refused)).isEqualTo(Appended.FENCED);
        assertThat(await(taken)).isEqualTo(Appended.DURABLE);
    }

    @Test
    void aCheckpointReplacesTheOneBeforeAndTheEntriesItCovers() {
        var mine = claim(newCluster(), "a");
        await(journal().append(mine, List.of(batch(1), batch(2), batch(3))));
        await(journal().checkpoint(mine, checkpoint(1)));

        assertThat(await(journal().checkpoint(mine, checkpoint(2)))).isEqualTo(Appended.DURABLE);

        assertThat(await(journal().latestCheckpoint(mine.cluster())))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(checkpoint(2));
        assertThat(offsets(journal().read(mine.cluster(), 0, 10))).containsExactly(3L);
        assertThat(await(journal().append(mine, List.of(batch(4))))).isEqualTo(Appended.DURABLE);
    }

    @Test
    void anOlderCheckpointDoesNotReplaceANewerOne() {
        var mine = claim(newCluster(), "a");
        await(journal().append(mine, List.of(batch(1), batch(2))));
        await(journal().checkpoint(mine, checkpoint(2)));

        assertThat(await(journal().checkpoint(mine, checkpoint(1)))).isEqualTo(Appended.DURABLE);

        assertThat(await(journal().latestCheckpoint(mine.cluster())).orElseThrow().offset())
                .isEqualTo(2);
    }

    private Ownership claim(ClusterRef cluster, String node) {
        return await(owners().claim(cluster, node, NOW, LEASE));
    }

    private static List<Long> offsets(CompletionStage<List<Entry>> entries) {
        return await(entries).stream().map(Entry::offset).toList();
    }

    private static Entry batch(long offset) {
        return new Entry(
                offset,
                NOW.plusMillis(offset),
                Kind.BATCH,
                "boot",
                offset,
                ("batch " + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static Entry input(long offset) {
        return new Entry(offset, NOW, Kind.INPUT, "", 0, "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static Checkpoint checkpoint(long offset) {
        return new Checkpoint(
                offset, NOW, ("state " + offset).repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
}
