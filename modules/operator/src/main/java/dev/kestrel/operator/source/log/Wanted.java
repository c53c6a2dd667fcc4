package dev.kestrel.operator.source.log;

import dev.kestrel.domain.signal.ResourceRef;

import java.util.Comparator;

/**
 * A log to read.
 *
 * @param uid of the pod
 * @param run number of restarts before this run
 * @param previous the run before this one
 * @param ongoing the run goes on, so the log is followed
 */
record Wanted(
        ResourceRef pod, String uid, String container, long run, boolean previous, boolean ongoing)
        implements Comparable<Wanted> {
    private static final Comparator<Wanted> ORDER =
            Comparator.comparing(Wanted::pod)
                    .thenComparing(Wanted::uid)
                    .thenComparing(Wanted::container)
                    .thenComparingLong(Wanted::run)
                    .thenComparing(Wanted::previous)
                    .thenComparing(Wanted::ongoing);

    @Override
    public int compareTo(Wanted other) {
        return ORDER.compare(this, other);
    }

    /** Restarts do not change it. */
    String containerKey() {
        return uid + "/" + container;
    }
}
