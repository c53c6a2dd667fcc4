package dev.kestrel.domain.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/** Which stopped calls are remembered, and for how long. */
class DenialsTest {
    private static final Instant T0 = Instant.parse("2031-03-01T10:00:00Z");

    private static final Topology.Limits LIMITS = new Topology.Limits(9, 999, 9, 9, 2);

    private final Topology topology = new Topology(LIMITS);

    private void note(String pod, FlowVerdict verdict, int minute) {
        var at = T0.plusSeconds(60L * minute);
        topology.note(
                new FlowSeen(
                        new FlowEnd("shop", pod, ""),
                        new FlowEnd("shop", "cart-1", ""),
                        "TCP",
                        8080,
                        Direction.EGRESS,
                        verdict,
                        "",
                        List.of(),
                        1,
                        at,
                        at));
    }

    private List<String> remembered() {
        return topology.deniedFlows().stream().map(flow -> flow.from().pod()).toList();
    }

    @Test
    void thoseTriedLatelyAreRememberedUpToTheLimit() {
        note("a", FlowVerdict.DENIED, 0);
        note("b", FlowVerdict.DENIED, 0);
        note("a", FlowVerdict.DENIED, 1);
        assertThat(remembered()).containsExactly("b", "a");
        assertThat(topology.forgotten()).containsEntry("denied_flows", 0L);

        note("c", FlowVerdict.DENIED, 1);
        assertThat(remembered()).containsExactly("a", "c");
        assertThat(topology.forgotten()).containsEntry("denied_flows", 1L);
    }

    @Test
    void whatPassesOrIsTriedNoMoreIsForgotten() {
        note("a", FlowVerdict.DENIED, 0);
        note("b", FlowVerdict.DENIED, 1);
        note("b", FlowVerdict.DROPPED, 2);
        note("b", FlowVerdict.FORWARDED, 2);
        assertThat(remembered()).containsExactly("a");

        note("b", FlowVerdict.DENIED, 11);
        assertThat(remembered()).containsExactly("b");
    }

    @Test
    void aRestoredTopologyRemembersTheSame() {
        note("a", FlowVerdict.DENIED, 0);

        assertThat(Topology.restore(topology.snapshot(), LIMITS).deniedFlows())
                .isEqualTo(topology.deniedFlows());
    }
}
