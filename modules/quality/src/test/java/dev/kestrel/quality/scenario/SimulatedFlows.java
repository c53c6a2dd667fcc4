package dev.kestrel.quality.scenario;

import dev.kestrel.domain.signal.Direction;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.operator.source.flow.FlowSums;
import dev.kestrel.simulator.SimulatedCluster;
import dev.kestrel.simulator.network.Flow;
import dev.kestrel.simulator.resource.KubeObject;

import java.util.List;

/** What a simulated network stops, added up as the operator does, on the virtual clock. */
final class SimulatedFlows {
    private final SimulatedCluster cluster;
    private final FlowSums sums = new FlowSums();

    SimulatedFlows(SimulatedCluster cluster) {
        this.cluster = cluster;
        cluster.inside(
                inside -> {
                    inside.network().observe(this::on);
                    return true;
                });
    }

    private void on(Flow flow) {
        if (!flow.allowed()) {
            sums.add(seen(flow));
        }
    }

    private static FlowSeen seen(Flow flow) {
        return new FlowSeen(
                end(flow.from()),
                end(flow.to()),
                flow.protocol(),
                flow.port(),
                flow.inward() ? Direction.INGRESS : Direction.EGRESS,
                FlowVerdict.DENIED,
                "POLICY_DENIED",
                List.of(),
                flow.packets(),
                flow.at(),
                flow.at());
    }

    private static FlowEnd end(KubeObject pod) {
        return new FlowEnd(pod.namespace(), pod.name(), pod.text("status", "podIP"));
    }

    List<Signal> due() {
        return sums.due(cluster.now());
    }
}
