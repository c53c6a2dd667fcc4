package dev.kestrel.operator.source.flow;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Adds up what is alike: the same ends but for the source's port, and the same end of it. */
public final class FlowSums {
    /** Two sums say that it goes on, and a person waits for the second. */
    static final Duration EVERY = Duration.ofSeconds(5);

    /** Pairs of ends at a time; a scan of a whole cluster must not fill the memory. */
    static final int LIMIT = 2_000;

    private static final int MOST_POLICIES = 16;

    private final LinkedHashMap<Key, FlowSeen> sums = new LinkedHashMap<>();
    private long lost;

    private record Key(
            FlowEnd from,
            FlowEnd to,
            String protocol,
            int port,
            Direction direction,
            FlowVerdict verdict) {}

    /** Takes in a flow; beyond the limit it is counted as lost. */
    public void add(FlowSeen flow) {
        var key =
                new Key(
                        flow.from(),
                        flow.to(),
                        flow.protocol(),
                        flow.port(),
                        flow.direction(),
                        flow.verdict());
        var before = sums.get(key);
        if (before != null) {
            sums.put(key, sum(before, flow));
        } else if (sums.size() < LIMIT) {
            sums.put(key, flow);
        } else {
            lost += flow.count();
        }
    }

    /** Says that flows were lost on their way here. */
    public void lose(long count) {
        lost += count;
    }

    private static FlowSeen sum(FlowSeen one, FlowSeen other) {
        return new FlowSeen(
                one.from(),
                one.to(),
                one.protocol(),
                one.port(),
                one.direction(),
                one.verdict(),
                one.reason().isEmpty() ? other.reason() : one.reason(),
                policies(one, other),
                one.count() + other.count(),
                one.firstAt().isBefore(other.firstAt()) ? one.firstAt() : other.firstAt(),
                one.lastAt().isAfter(other.lastAt()) ? one.lastAt() : other.lastAt());
    }

    private static List<ResourceRef> policies(FlowSeen one, FlowSeen other) {
        return Stream.concat(one.policies().stream(), other.policies().stream())
                .distinct()
                .limit(MOST_POLICIES)
                .toList();
    }

    /** Sums whose time is over, in the order in which they began, and what was lost. */
    public List<Signal> due(Instant now) {
        var due = new ArrayList<Signal>();
        for (var sum : List.copyOf(sums.entrySet())) {
            if (!sum.getValue().firstAt().plus(EVERY).isAfter(now)) {
                sums.remove(sum.getKey());
                due.add(new Signal(sum.getValue().lastAt(), sum.getValue()));
            }
        }
        if (lost > 0) {
            due.add(
                    new Signal(
                            now, new Observation.SignalsShed(FlowSource.NAME, lost, "rate_limit")));
            lost = 0;
        }
        return due;
    }
}
