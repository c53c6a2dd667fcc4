package dev.kestrel.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Commands that went down a stream and have no outcome yet: so many at once, and for so long. */
final class CommandsInFlight {
    private final int max;
    private final Duration patience;
    private final Map<String, Instant> until = new LinkedHashMap<>();

    CommandsInFlight(int max, Duration patience) {
        this.max = max;
        this.patience = patience;
    }

    /** False when there is no room. The same id takes no second place. */
    boolean add(String id, Instant now) {
        until.values().removeIf(now::isAfter);
        if (until.size() >= max && !until.containsKey(id)) {
            return false;
        }
        until.put(id, now.plus(patience));
        return true;
    }

    void ended(String id) {
        until.remove(id);
    }
}
