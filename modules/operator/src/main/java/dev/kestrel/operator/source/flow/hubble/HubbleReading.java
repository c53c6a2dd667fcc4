package dev.kestrel.operator.source.flow.hubble;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.protocol.hubble.Endpoint;
import dev.kestrel.protocol.hubble.Flow;
import dev.kestrel.protocol.hubble.Layer4;
import dev.kestrel.protocol.hubble.Policy;
import dev.kestrel.protocol.hubble.Ports;
import dev.kestrel.protocol.hubble.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a flow that was dropped. Each denied packet is told twice: as a drop, and as the verdict of
 * a policy, of which only an explicit denial names the policy. So a default deny is taken from the
 * drop and an explicit one from the verdict, and no packet counts twice.
 */
final class HubbleReading {
    private static final int DROP = 1;
    private static final int POLICY_VERDICT = 5;

    /** No policy allows it. */
    private static final int POLICY_DENIED = 133;

    /** A policy denies it. */
    private static final int POLICY_DENY = 181;

    private static final int MOST_POLICIES = 16;

    private HubbleReading() {}

    /**
     * Empty for what says nothing: what passed, replies, and what has no ports, such as the router
     * solicitations that every pod sends and that are always dropped.
     */
    static Optional<FlowSeen> read(Flow flow, Instant seenAt) {
        if (flow.getVerdict() != Verdict.DROPPED || flow.getIsReply().getValue() || !counts(flow)) {
            return Optional.empty();
        }
        var at =
                flow.hasTime()
                        ? Instant.ofEpochSecond(
                                flow.getTime().getSeconds(), flow.getTime().getNanos())
                        : seenAt;
        return ports(flow.getL4())
                .flatMap(ports -> direction(flow).map(way -> seen(flow, ports, way, at)));
    }

    private static boolean counts(Flow flow) {
        return flow.getEventType().getType()
                == (flow.getDropReasonDesc() == POLICY_DENY ? POLICY_VERDICT : DROP);
    }

    private static FlowSeen seen(Flow flow, Ports ports, Direction direction, Instant at) {
        return new FlowSeen(
                end(flow.getSource(), flow.getIP().getSource()),
                end(flow.getDestination(), flow.getIP().getDestination()),
                flow.getL4().getProtocolCase().name(),
                ports.getDestinationPort(),
                direction,
                isOfPolicy(flow) ? FlowVerdict.DENIED : FlowVerdict.DROPPED,
                reason(flow.getDropReasonDesc()),
                policies(flow),
                1,
                at,
                at);
    }

    private static boolean isOfPolicy(Flow flow) {
        return flow.getDropReasonDesc() == POLICY_DENIED || flow.getDropReasonDesc() == POLICY_DENY;
    }

    private static String reason(int number) {
        return switch (number) {
            case POLICY_DENIED -> "POLICY_DENIED";
            case POLICY_DENY -> "POLICY_DENY";
            default -> "DROP_REASON_" + number;
        };
    }

    private static FlowEnd end(Endpoint endpoint, String address) {
        return endpoint.getPodName().isEmpty()
                ? new FlowEnd("", "", address)
                : new FlowEnd(endpoint.getNamespace(), endpoint.getPodName(), address);
    }

    private static Optional<Ports> ports(Layer4 layer) {
        return switch (layer.getProtocolCase()) {
            case TCP -> Optional.of(layer.getTCP());
            case UDP -> Optional.of(layer.getUDP());
            case SCTP -> Optional.of(layer.getSCTP());
            case PROTOCOL_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Direction> direction(Flow flow) {
        return switch (flow.getTrafficDirection()) {
            case INGRESS -> Optional.of(Direction.INGRESS);
            case EGRESS -> Optional.of(Direction.EGRESS);
            case TRAFFIC_DIRECTION_UNKNOWN, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static List<ResourceRef> policies(Flow flow) {
        return Stream.concat(
                        flow.getEgressDeniedByList().stream(),
                        flow.getIngressDeniedByList().stream())
                .filter(policy -> !policy.getName().isEmpty() && !policy.getKind().isEmpty())
                .map(HubbleReading::ref)
                .distinct()
                .limit(MOST_POLICIES)
                .toList();
    }

    private static ResourceRef ref(Policy policy) {
        return new ResourceRef(policy.getKind(), policy.getNamespace(), policy.getName());
    }
}
