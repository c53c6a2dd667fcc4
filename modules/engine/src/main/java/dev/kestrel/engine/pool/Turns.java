package dev.kestrel.engine.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose turn it is: round the tenants, and within a tenant round its lanes. */
final class Turns {
    private final Deque<String> tenants = new ArrayDeque<>();
    private final Map<String, Deque<Lane>> lanes = new HashMap<>();

    /** The lane waits behind its tenant's others. */
    void add(Lane lane) {
        var tenant = lane.cluster().tenant();
        lanes.computeIfAbsent(
                        tenant,
                        absent -> {
                            tenants.add(tenant);
                            return new ArrayDeque<>();
                        })
                .add(lane);
    }

    Optional<Lane> next() {
        var tenant = tenants.poll();
        if (tenant == null) {
            return Optional.empty();
        }
        var waiting = lanes.getOrDefault(tenant, new ArrayDeque<>());
        var next = Optional.ofNullable(waiting.poll());
        if (waiting.isEmpty()) {
            lanes.remove(tenant);
        } else {
            tenants.add(tenant);
        }
        return next;
    }

    boolean isEmpty() {
        return tenants.isEmpty();
    }
}
