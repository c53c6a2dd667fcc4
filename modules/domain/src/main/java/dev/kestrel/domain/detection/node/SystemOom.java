package dev.kestrel.domain.detection.node;

import dev.kestrel.domain.detection.Detector;
import dev.kestrel.domain.detection.MomentDetector;
import dev.kestrel.domain.detection.Proof;
import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Evidence;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.util.List;

/**
 * The kernel of a node killed a process because the node as a whole had no memory left. A kill at a
 * container's own limit is not reported so.
 */
public final class SystemOom {
    private static final String TYPE = "node.system_oom";

    public static final Detector DETECTOR =
            new MomentDetector("node-system-oom", List.of(TYPE), SystemOom::hear);

    private SystemOom() {}

    private static List<Sample> hear(Signal signal, Topology topology) {
        return signal.observation() instanceof Observation.EventReported event
                        && event.reason().equals("SystemOOM")
                        && event.about().kind().equals("Node")
                        && topology.find(event.about()).isPresent()
                ? List.of(killed(event, signal))
                : List.of();
    }

    private static Sample killed(Observation.EventReported event, Signal signal) {
        var seen = signal.observedAt();
        var at = event.lastAt().isAfter(seen) ? seen : event.lastAt();
        var evidence =
                Proof.of(
                        TYPE,
                        event.about(),
                        at,
                        Evidence.Origin.EVENT,
                        event.about() + " had no memory left, and its kernel killed a process",
                        event.reason() + ": " + event.message());
        return new Sample(
                new SymptomKey(TYPE, event.about()),
                event.about(),
                at,
                true,
                Sample.Kind.EDGE,
                Stage.NONE,
                "",
                List.of(evidence));
    }
}
