package dev.kestrel.cli.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** All operators of the run, and when each was last acknowledged something new. */
final class Fleet {
    /** An acknowledgement may still be on its way from a node that is no more. */
    private static final Duration IN_FLIGHT = Duration.ofMillis(50);

    private final List<ChaosOperator> operators;
    private final Map<String, Long> seen = new HashMap<>();
    private volatile boolean speaking = true;

    Fleet(List<ChaosOperator> operators) {
        this.operators = List.copyOf(operators);
    }

    List<ChaosOperator> operators() {
        return operators;
    }

    /** Says something at every operator; a tick of the load. */
    void tick() {
        if (speaking) {
            operators.forEach(ChaosOperator::say);
        }
    }

    void fallSilent() {
        speaking = false;
    }

    boolean isSettled() {
        return operators.stream().allMatch(ChaosOperator::isSettled);
    }

    /**
     * Watches from the moment of a fault until every operator was acknowledged something new.
     *
     * @return milliseconds until then by cluster; those that were not in time are not in it
     */
    Map<String, Long> recovery(long faultNanos, Duration patience) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(IN_FLIGHT.toNanos());
        operators.forEach(one -> seen.put(one.cluster(), one.acknowledged()));
        var times = new HashMap<String, Long>();
        while (times.size() < operators.size()
                && System.nanoTime() - faultNanos < patience.toNanos()) {
            for (var one : operators) {
                if (one.acknowledged() > seen.getOrDefault(one.cluster(), 0L)) {
                    times.putIfAbsent(
                            one.cluster(),
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - faultNanos));
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return times;
    }

    /** Of these clusters, the times; the whole patience for those that never came back. */
    static List<Long> of(Set<String> clusters, Map<String, Long> times, Duration patience) {
        return clusters.stream()
                .map(cluster -> times.getOrDefault(cluster, patience.toMillis()))
                .sorted()
                .toList();
    }
}
