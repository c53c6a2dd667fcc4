package dev.kestrel.domain.rca;

import dev.kestrel.domain.rca.analysis.Analysis;
import dev.kestrel.domain.rca.analysis.Analyzers;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the analyzers of the candidates' mechanisms: evidence that costs no call to the cluster. */
final class Signatures {
    private Signatures() {}

    /** What was found, by cause; causes whose mechanism has no analyzer are left out. */
    static Map<Cause, Analysis> of(Scene scene, List<Cause> causes) {
        SortedMap<Cause, Analysis> found = new TreeMap<>();
        var symptoms = scene.everywhere();
        for (var cause : causes) {
            var mechanism = scene.model.mechanisms().get(cause.mechanism());
            if (mechanism != null) {
                Analyzers.find(mechanism.analyzer())
                        .ifPresent(
                                analyzer ->
                                        found.put(
                                                cause,
                                                analyzer.examine(
                                                        cause.at(),
                                                        scene.topology,
                                                        symptoms,
                                                        scene.now)));
            }
        }
        return Collections.unmodifiableMap(found);
    }
}
