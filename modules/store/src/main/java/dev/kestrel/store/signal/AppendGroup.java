package dev.kestrel.store.signal;

import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.domain.signal.Journal.Entry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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

    /** Takes what may go together off the queue; the order within each cluster is kept. */
    static AppendGroup takeFrom(Queue<Pending> waiting) {
        var runs = new LinkedHashMap<ClusterRef, List<Pending>>();
        var held = new HashSet<ClusterRef>();
        var entries = 0;
        var bytes = 0L;
        for (var i = waiting.iterator(); i.hasNext() && entries < ENTRIES_AT_MOST; ) {
            var next = i.next();
            var cluster = next.ownership().cluster();
            if (held.contains(cluster) || !fits(runs.get(cluster), next)) {
                held.add(cluster);
                continue;
            }
            bytes += next.entries().stream().mapToLong(entry -> entry.body().length).sum();
            if (bytes > BYTES_AT_MOST && entries > 0) {
                break;
            }
            entries += next.entries().size();
            runs.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(next);
            i.remove();
        }
        return new AppendGroup(runs);
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
