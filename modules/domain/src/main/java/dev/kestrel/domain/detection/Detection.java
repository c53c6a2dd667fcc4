package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/** Asks the detectors about a signal that the topology has absorbed. */
public final class Detection {
    private Detection() {}

    public static List<Sample> examine(Signal signal, List<Change> changes, Topology topology) {
        var samples = new ArrayList<Sample>();
        Detectors.ALL.forEach(detector -> samples.addAll(detector.examine(signal, topology)));
        return samples;
    }
}
