package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.topology.Topology;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Hears of a moment: an event or a log line. It raises and never clears.
 *
 * @param hear what it says to a signal
 */
public record MomentDetector(
        String id, List<String> raises, BiFunction<Signal, Topology, List<Sample>> hear)
        implements Detector {
    public MomentDetector {
        raises = List.copyOf(raises);
    }
}
