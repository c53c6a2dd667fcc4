package dev.kestrel.operator.source.flow.hubble;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Timestamp;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.protocol.hubble.Endpoint;
import dev.kestrel.protocol.hubble.EventType;
import dev.kestrel.protocol.hubble.Flow;
import dev.kestrel.protocol.hubble.IP;
import dev.kestrel.protocol.hubble.Layer4;
import dev.kestrel.protocol.hubble.Policy;
import dev.kestrel.protocol.hubble.Ports;
import dev.kestrel.protocol.hubble.TrafficDirection;
import dev.kestrel.protocol.hubble.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class HubbleReadingTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);
    private static final int DROP = 1;
    private static final int VERDICT = 5;

    /** As Cilium 1.20 tells a packet that a default deny dropped. */
    private static Flow.Builder dropped(int type, int reason) {
        return Flow.newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() - 1))
                .setVerdict(Verdict.DROPPED)
                .setIP(IP.newBuilder().setSource("10.244.0.7").setDestination("10.244.0.9"))
                .setL4(
                        Layer4.newBuilder()
                                .setTCP(
                                        Ports.newBuilder()
                                                .setSourcePort(40_112)
                                                .setDestinationPort(8080)))
                .setSource(Endpoint.newBuilder().setNamespace("shop").setPodName("checkout-1"))
                .setEventType(EventType.newBuilder().setType(type))
                .setTrafficDirection(TrafficDirection.EGRESS)
                .setDropReasonDesc(reason);
    }

    private static Optional<FlowSeen> read(Flow.Builder flow) {
        return HubbleReading.read(flow.build(), NOW);
    }

    @Test
    void aDefaultDenyIsReadFromTheDrop() {
        assertThat(read(dropped(DROP, 133)))
                .contains(
                        new FlowSeen(
                                new FlowEnd("shop", "checkout-1", "10.244.0.7"),
                                new FlowEnd("", "", "10.244.0.9"),
                                "TCP",
                                8080,
                                Direction.EGRESS,
                                FlowVerdict.DENIED,
                                "POLICY_DENIED",
                                List.of(),
                                1,
                                NOW.minusSeconds(1),
                                NOW.minusSeconds(1)));
        assertThat(read(dropped(VERDICT, 133))).isEmpty();
    }

    @Test
    void anExplicitDenyIsReadFromTheVerdictThatNamesThePolicy() {
        var verdict =
                dropped(VERDICT, 181)
                        .addEgressDeniedBy(
                                Policy.newBuilder()
                                        .setKind("CiliumNetworkPolicy")
                                        .setNamespace("shop")
                                        .setName("no-payments"));

        assertThat(read(verdict).orElseThrow().policies())
                .containsExactly(ResourceRef.parse("CiliumNetworkPolicy/shop/no-payments"));
        assertThat(read(dropped(DROP, 181))).isEmpty();
    }

    @Test
    void whatIsDroppedForAnotherReasonIsNoDenial() {
        assertThat(read(dropped(DROP, 158)).orElseThrow().verdict()).isEqualTo(FlowVerdict.DROPPED);
        assertThat(read(dropped(DROP, 158)).orElseThrow().reason()).isEqualTo("DROP_REASON_158");
    }

    @Test
    void repliesForwardedPacketsAndRouterSolicitationsSayNothing() {
        assertThat(read(dropped(DROP, 133).setIsReply(BoolValue.of(true)))).isEmpty();
        assertThat(read(dropped(DROP, 133).setVerdict(Verdict.FORWARDED))).isEmpty();
        assertThat(read(dropped(DROP, 139).clearL4())).isEmpty();
        assertThat(read(dropped(DROP, 133).clearTrafficDirection())).isEmpty();
    }
}
