package dev.kestrel.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation.SourceState;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class StatusReportsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private final StatusReports reports = new StatusReports();

    @Test
    void aStatusIsToldAtFirstWhenItChangesAndAfterAMinute() {
        assertThat(told(SourceState.STARTING, 0)).isEqualTo(1);
        assertThat(told(SourceState.STARTING, 5)).isZero();
        assertThat(told(SourceState.LIVE, 10)).isEqualTo(1);
        assertThat(told(SourceState.LIVE, 69)).isZero();
        assertThat(told(SourceState.LIVE, 70)).isEqualTo(1);
        assertThat(told(SourceState.STALE, 71)).isEqualTo(1);
    }

    private int told(SourceState state, int seconds) {
        var status = new SourceStatus("watch/Pod", state, Duration.ZERO, "");
        return reports.due(List.of(status), NOW.plusSeconds(seconds)).size();
    }
}
