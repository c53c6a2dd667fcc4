package dev.kestrel.domain.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.LogLine;
import dev.kestrel.domain.signal.Observation.SignalsShed;
import dev.kestrel.domain.signal.Observation.SourceReported;
import dev.kestrel.domain.signal.Observation.SourceState;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class VisibilityTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");

    private final Visibility visibility = new Visibility();

    private void see(Observation observation) {
        visibility.on(new Signal(T0, observation));
    }

    private void report(String source, SourceState state) {
        see(new SourceReported(source, state, Duration.ofSeconds(200), "why"));
    }

    @Test
    void withoutAConnectionNothingIsVisible() {
        report("watch/Pod", SourceState.LIVE);

        assertThat(visibility.of("watch/Pod", T0)).isZero();
        assertThat(visibility.overall(T0)).isZero();
        assertThat(visibility.blind(T0)).singleElement().asString().contains("nothing can be seen");
    }

    @Test
    void aLiveSourceIsVisibleAndAStaleOneIsNot() {
        visibility.connection(true, T0);
        report("watch/Pod", SourceState.LIVE);
        report("logs", SourceState.STALE);

        assertThat(visibility.of("watch/Pod", T0)).isEqualTo(1);
        assertThat(visibility.of("logs", T0)).isZero();
        assertThat(visibility.overall(T0)).isEqualTo(0.5);
        assertThat(visibility.blind(T0)).containsExactly("logs is behind by 3 minutes: why.");
    }

    @Test
    void whatIsExpectedToBeAbsentDoesNotLowerTheWhole() {
        visibility.connection(true, T0);
        report("watch/Pod", SourceState.LIVE);
        report("flows", SourceState.ABSENT);

        assertThat(visibility.overall(T0)).isEqualTo(1);
        assertThat(visibility.of("flows", T0)).isZero();
    }

    @Test
    void whatWasShedLowersItsSourceForFiveMinutes() {
        visibility.connection(true, T0);
        report("logs", SourceState.LIVE);
        see(new LogLine(ResourceRef.parse("Pod/shop/checkout"), "app", false, "hello"));
        see(new SignalsShed("logs", 3, "spool_full"));

        assertThat(visibility.of("logs", T0)).isEqualTo(0.25);
        assertThat(visibility.of("logs", T0.plusSeconds(299))).isEqualTo(0.25);
        assertThat(visibility.of("logs", T0.plusSeconds(300))).isEqualTo(1);
        assertThat(visibility.sources()).extracting(Source::shed).containsExactly(3L);
    }

    @Test
    void whatIsLeftOutLowersItsSourceUntilItIsKept() {
        visibility.connection(true, T0);
        report("watch/Pod", SourceState.LIVE);
        visibility.leftOut("watch/Pod", 1, 3);

        assertThat(visibility.of("watch/Pod", T0.plusSeconds(3_600))).isEqualTo(0.75);
        assertThat(visibility.blind(T0))
                .singleElement()
                .asString()
                .startsWith("1 objects of watch/Pod are left out");

        visibility.leftOut("watch/Pod", 0, 4);
        assertThat(visibility.of("watch/Pod", T0)).isEqualTo(1);
        assertThat(visibility.blind(T0)).isEmpty();
    }

    @Test
    void aLostConnectionBlindsAtOnceAndSaysSinceWhen() {
        visibility.connection(true, T0);
        report("watch/Pod", SourceState.LIVE);
        visibility.connection(false, T0.plusSeconds(60));
        visibility.connection(false, T0.plusSeconds(90));

        assertThat(visibility.of("watch/Pod", T0.plusSeconds(90))).isZero();
        assertThat(visibility.blind(T0)).singleElement().asString().contains("10:01:00Z");
    }

    @Test
    void sourcesBeyondTheLimitAreRefusedAndCounted() {
        for (var number = 0; number < Visibility.SOURCE_LIMIT; number++) {
            report("watch/Kind" + number, SourceState.LIVE);
        }
        assertThat(visibility.refused()).isZero();

        report("watch/OneMore", SourceState.LIVE);
        assertThat(visibility.sources()).hasSize(Visibility.SOURCE_LIMIT);
        assertThat(visibility.refused()).isEqualTo(1);
    }

    @Test
    void aRestoredOneSeesTheSame() {
        visibility.connection(true, T0);
        report("logs", SourceState.LIVE);
        see(new SignalsShed("logs", 3, "spool_full"));

        var restored = Visibility.restore(visibility.snapshot());
        assertThat(restored.snapshot()).isEqualTo(visibility.snapshot());
        assertThat(restored.of("logs", T0)).isEqualTo(visibility.of("logs", T0));
    }
}
