package dev.kestrel.operator.source.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.Signal;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class FlowSumsTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");
    private static final FlowEnd CART = new FlowEnd("shop", "cart-1", "10.0.0.2");

    private final FlowSums sums = new FlowSums();

    private static FlowSeen flow(String pod, long count, int second) {
        var at = T0.plusSeconds(second);
        return new FlowSeen(
                new FlowEnd("shop", pod, ""),
                CART,
                "TCP",
                8080,
                Direction.EGRESS,
                FlowVerdict.DENIED,
                "POLICY_DENIED",
                List.of(),
                count,
                at,
                at);
    }

    @Test
    void whatIsAlikeWithinFiveSecondsIsToldOnce() {
        sums.add(flow("front-1", 2, 0));
        sums.add(flow("front-2", 1, 1));
        sums.add(flow("front-1", 3, 4));

        assertThat(sums.due(T0.plusSeconds(4))).isEmpty();
        assertThat(sums.due(T0.plusSeconds(5)))
                .singleElement()
                .satisfies(
                        signal -> {
                            assertThat(signal.observedAt()).isEqualTo(T0.plusSeconds(4));
                            var sum = (FlowSeen) signal.observation();
                            assertThat(sum.count()).isEqualTo(5);
                            assertThat(sum.firstAt()).isEqualTo(T0);
                            assertThat(sum.lastAt()).isEqualTo(T0.plusSeconds(4));
                        });
        assertThat(sums.due(T0.plusSeconds(6))).hasSize(1);
        assertThat(sums.due(T0.plusSeconds(60))).isEmpty();
    }

    @Test
    void theOtherEndOfTheSameCallIsAnotherFlow() {
        var out = flow("front-1", 1, 0);
        sums.add(out);
        sums.add(
                new FlowSeen(
                        out.from(),
                        out.to(),
                        out.protocol(),
                        out.port(),
                        Direction.INGRESS,
                        out.verdict(),
                        out.reason(),
                        out.policies(),
                        1,
                        T0,
                        T0));

        assertThat(sums.due(T0.plusSeconds(5))).hasSize(2);
    }

    @Test
    void beyondTheLimitFlowsAreCountedAndToldAsShed() {
        for (int pod = 0; pod < FlowSums.LIMIT; pod++) {
            sums.add(flow("scan-" + pod, 1, 0));
        }
        assertThat(sums.due(T0)).isEmpty();

        sums.add(flow("one-more", 4, 0));
        sums.add(flow("scan-7", 1, 0));
        assertThat(sums.due(T0).stream().map(Signal::observation))
                .containsExactly(new Observation.SignalsShed("flows", 4, "rate_limit"));
        assertThat(sums.due(T0.plusSeconds(5))).hasSize(FlowSums.LIMIT);
    }

    @Test
    void whatTheFeedLostIsToldOnce() {
        sums.lose(17);

        assertThat(sums.due(T0).stream().map(Signal::observation))
                .containsExactly(new Observation.SignalsShed("flows", 17, "rate_limit"));
        assertThat(sums.due(T0)).isEmpty();
    }
}
