package dev.kestrel.domain.detection;

import dev.kestrel.domain.signal.Observation;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.signal.Signal;
import dev.kestrel.domain.symptom.Sample;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.SymptomDefaults;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Change;
import dev.kestrel.domain.topology.Topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the detectors about a signal that the topology has absorbed. */
public final class Detection {
    private Detection() {}

    /**
     * What the detectors say, in the order of {@link Detectors#ALL}; what is gone shows nothing any
     * more.
     *
     * @param changes what the topology returned for the signal
     */
    public static List<Sample> examine(Signal signal, List<Change> changes, Topology topology) {
        var samples = new ArrayList<Sample>();
        switch (signal.observation()) {
            case Observation.ObjectGone _, Observation.SnapshotCompleted _ ->
                    topology.gone()
                            .forEach(gone -> samples.addAll(gone(gone, signal.observedAt())));
            case Observation.ObjectSeen _,
                    Observation.SnapshotBegun _,
                    Observation.EventReported _,
                    Observation.LogLine _,
                    Observation.FlowSeen _,
                    Observation.SourceReported _,
                    Observation.SignalsShed _ -> {}
        }
        var seen = PodView.seen(signal, topology);
        var affected = Affected.by(signal, topology);
        for (var detector : Detectors.ALL) {
            var said =
                    switch (detector) {
                        case PodDetector pods -> seen.map(pods::examine).orElse(List.of());
                        case ResourceDetector resources -> resources.examine(affected);
                        case MomentDetector moments -> moments.hear().apply(signal, topology);
                    };
            for (var sample : said) {
                if (isNews(sample, signal.observedAt())) {
                    samples.add(sample);
                }
            }
        }
        return samples;
    }

    /** Status keeps the last crash for ever: an edge is only worth telling within its window. */
    private static boolean isNews(Sample sample, Instant observedAt) {
        return sample.kind() != Sample.Kind.EDGE
                || !sample.bad()
                || !sample.at()
                        .plus(SymptomDefaults.of(sample.key().type()).ttl())
                        .isBefore(observedAt);
    }

    private static List<Sample> gone(Topology.Gone gone, Instant at) {
        return Detectors.ALL.stream()
                .filter(detector -> concerns(detector, gone.ref()))
                .flatMap(detector -> detector.raises().stream())
                .distinct()
                .map(type -> new SymptomKey(type, gone.logical()))
                .map(
                        key ->
                                new Sample(
                                        key,
                                        gone.ref(),
                                        at,
                                        false,
                                        Sample.Kind.LEVEL,
                                        Stage.NONE,
                                        "",
                                        List.of()))
                .toList();
    }

    private static boolean concerns(Detector detector, ResourceRef gone) {
        return switch (detector) {
            case PodDetector _, MomentDetector _ -> gone.kind().equals("Pod");
            case ResourceDetector resource -> resource.kinds().contains(gone.kind());
        };
    }
}
