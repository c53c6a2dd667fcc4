package dev.kestrel.operator.source;

import dev.kestrel.domain.signal.Observation.SourceReported;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.Signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which statuses are worth telling: those that changed, and each at least once a minute.
 */
public final class StatusReports {
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(1);

    private final Map<String, Told> told = new HashMap<>();

    /** The signals to send now. */
    public List<Signal> due(List<SourceStatus> statuses, Instant now) {
        var due = new ArrayList<Signal>();
        for (var status : statuses) {
            var last = told.get(status.source());
            if (last == null || last.differs(status) || last.isOld(now)) {
                told.put(status.source(), new Told(status.state(), status.detail(), now));
                due.add(new Signal(now, reported(status)));
            }
        }
        return due;
    }

    private static SourceReported reported(SourceStatus status) {
        return new SourceReported(
                status.source(), status.state(), status.staleness(), status.detail());
    }

    private record Told(SourceState state, String detail, Instant at) {
        private boolean differs(SourceStatus status) {
            return state != status.state() || !detail.equals(status.detail());
        }

        private boolean isOld(Instant now) {
            return !now.isBefore(at.plus(AT_LEAST_EVERY));
        }
    }
}
