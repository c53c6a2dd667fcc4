package dev.kestrel.domain.detection.flow;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.detection.PodView;
import dev.kestrel.domain.detection.Proof;
import dev.kestrel.domain.signal.Observation.FlowEnd;
import dev.kestrel.domain.signal.Observation.FlowSeen;
import dev.kestrel.domain.signal.Observation.FlowVerdict;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.topology.Relation;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy stops packets. It shows on the workload whose policies decide: that of the destination
 * on their way in, that of the source on their way out. Names are asked for on port 53; without
 * them nothing else is tried, so they are a symptom of their own. So is a call that the source is
 * configured to make: most of what policies stop is stopped on purpose.
 */
public final class FlowDenied {
    private static final String IN = "flow.ingress_denied";
    private static final String OUT = "flow.egress_denied";
    private static final String DNS = "flow.dns_denied";
    private static final String NEEDED = "flow.call_denied";
    private static final int DNS_PORT = 53;

    public static final Detector DETECTOR =
            new MomentDetector("flow-denied", List.of(IN, OUT, DNS, NEEDED), FlowDenied::hear);

    private FlowDenied() {}

    private static List<Sample> hear(Signal signal, Topology topology) {
        if (!(signal.observation() instanceof FlowSeen flow)
                || flow.verdict() != FlowVerdict.DENIED) {
            return List.of();
        }
        var samples = new ArrayList<Sample>();
        var at = signal.observedAt();
        var caller = pod(flow.from(), at, topology);
        var callee = pod(flow.to(), at, topology);
        switch (flow.direction()) {
            case INGRESS -> callee.map(pod -> denied(pod, IN, flow)).ifPresent(samples::add);
            case EGRESS ->
                    caller.map(pod -> denied(pod, flow.port() == DNS_PORT ? DNS : OUT, flow))
                            .ifPresent(samples::add);
        }
        caller.filter(pod -> callee.filter(other -> needs(pod, other)).isPresent())
                .map(pod -> denied(pod, NEEDED, flow))
                .ifPresent(samples::add);
        return samples;
    }

    private static Optional<PodView> pod(FlowEnd end, Instant at, Topology topology) {
        return end.ref()
                .flatMap(topology::find)
                .map(pod -> PodView.of(pod, at, topology))
                .filter(pod -> !pod.isLeaving());
    }

    /** Whether the caller is configured to call: what nobody is meant to do may well be stopped. */
    private static boolean needs(PodView caller, PodView callee) {
        var topology = caller.topology();
        return topology.from(caller.workload(), Relation.CALLS).stream()
                .flatMap(edge -> topology.from(edge.to(), Relation.SELECTS).stream())
                .anyMatch(edge -> edge.to().equals(callee.workload()));
    }

    private static Sample denied(PodView pod, String type, FlowSeen flow) {
        var evidence =
                Proof.of(
                        type,
                        pod.object().ref(),
                        flow.lastAt(),
                        Evidence.Origin.FLOW,
                        "%d %s of %s to %s, %s %d, denied on the way %s"
                                .formatted(
                                        flow.count(),
                                        flow.count() == 1 ? "packet" : "packets",
                                        flow.from(),
                                        flow.to(),
                                        flow.protocol(),
                                        flow.port(),
                                        switch (flow.direction()) {
                                            case INGRESS -> "in";
                                            case EGRESS -> "out";
                                        }),
                        flow.policies().isEmpty()
                                ? flow.reason() + ", no policy is named"
                                : flow.reason() + " by " + flow.policies());
        return pod.happened(type, flow.lastAt(), Stage.NONE, List.of(evidence));
    }
}
