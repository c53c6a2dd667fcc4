package dev.kestrel.simulator.schedule;

import dev.kestrel.simulator.schedule.NodeRoom.Misfit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The message of a pod that fits nowhere, as kube-scheduler 1.36 composes it. */
final class FitError {
    private FitError() {}

    static String message(int nodes, List<Misfit> misfits) {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        var reasons = new TreeMap<String, Integer>();
        var preemption = new TreeMap<String, Integer>();
        for (var misfit : misfits) {
            misfit.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            // All pods have one priority here, so nobody may be evicted for another.
            var why =
                    misfit.removable()
                            ? "No preemption victims found for incoming pod"
                            : "Preemption is not helpful for scheduling";
            preemption.merge(why, 1, Integer::sum);
        }
        return ("0/%1$d nodes are available: %2$s. no new claims to deallocate,"
                        + " preemption: 0/%1$d nodes are available: %3$s.")
                .formatted(nodes, histogram(reasons), histogram(preemption));
    }

    private static String histogram(Map<String, Integer> counts) {
        var parts = new ArrayList<String>();
        counts.forEach((reason, count) -> parts.add(count + " " + reason));
        Collections.sort(parts);
        return String.join(", ", parts);
    }
}
