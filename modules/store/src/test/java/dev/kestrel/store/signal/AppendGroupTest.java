package dev.kestrel.store.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Entry;
import dev.kestrel.domain.signal.Journal.Kind;
import dev.kestrel.domain.signal.Ownership;

import io.vertx.core.Promise;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.LongStream;

class AppendGroupTest {
    private static final int MOST = 1000;

    private final Deque<Pending> waiting = new ArrayDeque<>();

    @Test
    void aTenantThatFloodsLeavesAnotherItsShareOfTheNextGroup() {
        for (int cluster = 0; cluster < 3 * MOST; cluster++) {
            append("flood", "c" + cluster, 1, 1);
        }
        append("quiet", "prod", 1, 20);

        var group = AppendGroup.takeFrom(waiting);

        assertThat(group.entries(new ClusterRef("quiet", "prod"))).hasSize(20);
        assertThat(group.size()).isEqualTo(MOST);
    }

    @Test
    void aTenantAloneHasTheWholeGroupAndNotOneMore() {
        for (int cluster = 0; cluster <= MOST; cluster++) {
            append("acme", "c" + cluster, 1, 1);
        }

        assertThat(AppendGroup.takeFrom(waiting).size()).isEqualTo(MOST);
        assertThat(waiting).hasSize(1);
    }

    @Test
    void theOrderWithinAClusterIsKept() {
        append("acme", "prod", 1, 300);
        append("acme", "prod", 301, 300);
        append("other", "prod", 1, 1);

        var group = AppendGroup.takeFrom(waiting);

        assertThat(group.entries(new ClusterRef("acme", "prod")).stream().map(Entry::offset))
                .isSorted()
                .hasSize(600);
    }

    private void append(String tenant, String cluster, long from, int entries) {
        var ownership = new Ownership(new ClusterRef(tenant, cluster), "node-1", 1);
        waiting.add(
                new Pending(
                        ownership,
                        LongStream.range(from, from + entries)
                                .mapToObj(AppendGroupTest::entry)
                                .toList(),
                        Promise.promise()));
    }

    private static Entry entry(long offset) {
        return new Entry(offset, Instant.EPOCH, Kind.BATCH, "boot", offset, new byte[8]);
    }
}
