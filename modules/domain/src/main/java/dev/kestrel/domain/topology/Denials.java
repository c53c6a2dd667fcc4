package dev.kestrel.domain.topology;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Flows that a policy stopped lately: calls that somebody wants to make, whatever is configured.
 */
final class Denials {
    /** What nobody has tried for so long while others were stopped is no longer wanted. */
    private static final Duration WANTED = Duration.ofMinutes(10);

    private final int limit;
    private final LinkedHashMap<Key, FlowSeen> flows = new LinkedHashMap<>();
    private long forgotten;

    private record Key(FlowEnd from, FlowEnd to, String protocol, int port, Direction direction) {}

    Denials(int limit) {
        this.limit = limit;
    }

    void note(FlowSeen flow) {
        var key = new Key(flow.from(), flow.to(), flow.protocol(), flow.port(), flow.direction());
        switch (flow.verdict()) {
            case DENIED -> {
                flows.remove(key);
                flows.put(key, flow);
                var since = flow.lastAt().minus(WANTED);
                flows.values().removeIf(past -> past.lastAt().isBefore(since));
                if (flows.size() > limit) {
                    flows.pollFirstEntry();
                    forgotten++;
                }
            }
            case FORWARDED -> flows.remove(key);
            case DROPPED -> {}
        }
    }

    List<FlowSeen> all() {
        return List.copyOf(flows.values());
    }

    long forgotten() {
        return forgotten;
    }
}
