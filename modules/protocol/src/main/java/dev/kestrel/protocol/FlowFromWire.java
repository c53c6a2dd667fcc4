package dev.kestrel.protocol;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.protocol.Malformed.Reason;
import dev.kestrel.protocol.wire.v1.FlowDirection;
import dev.kestrel.protocol.wire.v1.FlowEnd;
import dev.kestrel.protocol.wire.v1.FlowSeen;
import dev.kestrel.protocol.wire.v1.FlowVerdict;

/** Reads a flow. */
final class FlowFromWire {
    private static final int LARGEST_PORT = 65_535;

    private FlowFromWire() {}

    static Observation.FlowSeen read(FlowSeen wire) {
        if (Integer.compareUnsigned(wire.getPort(), LARGEST_PORT) > 0) {
            throw new Malformed(Reason.TOO_LARGE, "a port over 65535");
        }
        if (wire.getPoliciesCount() > WireLimits.FLOW_POLICIES) {
            throw new Malformed(Reason.TOO_LARGE, "too many policies of a flow");
        }
        if (wire.getCount() == 0) {
            throw new Malformed(Reason.INCOMPLETE, "a flow without packets");
        }
        return new Observation.FlowSeen(
                end(wire.getFrom()),
                end(wire.getTo()),
                ObservationFromWire.name(wire.getProtocol()),
                wire.getPort(),
                direction(wire.getDirection()),
                verdict(wire.getVerdict()),
                ObservationFromWire.text(wire.getReason()),
                wire.getPoliciesList().stream().map(ObservationFromWire::ref).toList(),
                ObservationFromWire.count(wire.getCount()),
                WireTime.instant(wire.getFirstAt()),
                WireTime.instant(wire.getLastAt()));
    }

    private static Observation.FlowEnd end(FlowEnd wire) {
        return new Observation.FlowEnd(
                ObservationFromWire.text(wire.getNamespace()),
                ObservationFromWire.text(wire.getPod()),
                ObservationFromWire.text(wire.getAddress()));
    }

    private static Direction direction(FlowDirection wire) {
        return switch (wire) {
            case FLOW_DIRECTION_INGRESS -> Direction.INGRESS;
            case FLOW_DIRECTION_EGRESS -> Direction.EGRESS;
            case FLOW_DIRECTION_UNSPECIFIED, UNRECOGNIZED ->
                    throw new Malformed(Reason.UNKNOWN, "an unknown direction of a flow");
        };
    }

    private static Observation.FlowVerdict verdict(FlowVerdict wire) {
        return switch (wire) {
            case FLOW_VERDICT_FORWARDED -> Observation.FlowVerdict.FORWARDED;
            case FLOW_VERDICT_DENIED -> Observation.FlowVerdict.DENIED;
            case FLOW_VERDICT_DROPPED -> Observation.FlowVerdict.DROPPED;
            case FLOW_VERDICT_UNSPECIFIED, UNRECOGNIZED ->
                    throw new Malformed(Reason.UNKNOWN, "an unknown verdict on a flow");
        };
    }
}
