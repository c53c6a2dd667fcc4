package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/** Appends that are committed together: per cluster a run of them without a gap. */
record AppendGroup(Map<ClusterRef, List<Pending>> runs) {
    /**
     * About 10 ms of work for the database, so that one group does not hold up the next for long.
     */
    private static final int ENTRIES_AT_MOST = 1000;

    private static final long BYTES_AT_MOST = 8L << 20;

    /**
     * Takes what may go together off the queue; the order within each cluster is kept. Each tenant
     * that waits has the same share of the group, and what one does not use goes to who came first:
     * a tenant that floods cannot make another wait for more than one group.
     */
    static AppendGroup takeFrom(Queue<Pending> waiting) {
        var tenants =
                waiting.stream().map(one -> one.ownership().cluster().tenant()).distinct().count();
        var draft = new Draft();
        draft.take(waiting, (int) (ENTRIES_AT_MOST / Math.max(1, tenants)));
        draft.take(waiting, ENTRIES_AT_MOST);
        return new AppendGroup(draft.runs);
    }

    /** A group that is being put together. */
    private static final class Draft {
        private final Map<ClusterRef, List<Pending>> runs = new LinkedHashMap<>();
        private final Map<String, Integer> entriesByTenant = new HashMap<>();
        private int entries;
        private long bytes;

        void take(Queue<Pending> waiting, int share) {
            var held = new HashSet<ClusterRef>();
            for (var i = waiting.iterator(); i.hasNext() && entries < ENTRIES_AT_MOST; ) {
                var next = i.next();
                var cluster = next.ownership().cluster();
                if (held.contains(cluster) || !hasRoom(next, share)) {
                    held.add(cluster);
                } else {
                    add(next);
                    i.remove();
                }
            }
        }

        private boolean hasRoom(Pending next, int share) {
            var cluster = next.ownership().cluster();
            return entriesByTenant.getOrDefault(cluster.tenant(), 0) < share
                    && (entries == 0 || bytes + bytes(next) <= BYTES_AT_MOST)
                    && fits(runs.get(cluster), next);
        }

        private void add(Pending next) {
            var cluster = next.ownership().cluster();
            entriesByTenant.merge(cluster.tenant(), next.entries().size(), Integer::sum);
            entries += next.entries().size();
            bytes += bytes(next);
            runs.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(next);
        }

        private static long bytes(Pending append) {
            return append.entries().stream().mapToLong(entry -> entry.body().length).sum();
        }
    }

    static AppendGroup of(Pending alone) {
        return new AppendGroup(Map.of(alone.ownership().cluster(), List.of(alone)));
    }

    private static boolean fits(@Nullable List<Pending> run, Pending next) {
        return run == null || next.follows(run.getLast());
    }

    List<Pending> appends() {
        return runs.values().stream().flatMap(List::stream).toList();
    }

    List<Entry> entries(ClusterRef cluster) {
        return runs.getOrDefault(cluster, List.of()).stream()
                .flatMap(append -> append.entries().stream())
                .toList();
    }

    Set<String> tenants() {
        var tenants = new TreeSet<String>();
        runs.keySet().forEach(cluster -> tenants.add(cluster.tenant()));
        return tenants;
    }

    /** Entries in it. */
    int size() {
        return appends().stream().mapToInt(append -> append.entries().size()).sum();
    }

    boolean isAlone() {
        return appends().size() == 1;
    }
}
