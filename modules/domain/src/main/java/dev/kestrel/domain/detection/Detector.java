package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Topology;

import java.util.List;

/** Says of what was seen whether an abnormal state is there or not. Pure, and data. */
public sealed interface Detector permits PodDetector, ResourceDetector, MomentDetector {
    /** Kebab-case, never renamed. */
    String id();

    /** Types of the symptoms it can raise. */
    List<String> raises();

    /** What it says to a signal that the topology has absorbed. */
    List<Sample> examine(Signal signal, Topology topology);
}
