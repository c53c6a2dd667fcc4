package dev.kestrel.domain.remediation;

import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.KubeObject;
import dev.kestrel.domain.template.Probe;
import dev.kestrel.domain.template.Probe.Purpose;
import dev.kestrel.domain.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A probe asks for what is not there. What it asked before its last change is put back; where that
 * is not known, it asks the nearest port that its container declares.
 */
final class CorrectProbe implements Fix {
    private final Purpose purpose;

    CorrectProbe(Purpose purpose) {
        this.purpose = purpose;
    }

    @Override
    public String id() {
        return "fix.correct_%s_probe".formatted(purpose.word());
    }

    @Override
    public Optional<Draft> draft(Cause cause, Topology topology) {
        return Workloads.editable(cause.at(), topology)
                .flatMap(workload -> draft(workload, topology));
    }

    private Optional<Draft> draft(KubeObject workload, Topology topology) {
        var edits = new ArrayList<Edit>();
        var reasons = new ArrayList<String>();
        for (var probe : Probe.of(workload.at("spec", "template", "spec"), purpose)) {
            var path = Workloads.path(probe.container(), purpose.field()) + ".";
            Workloads.takeBack(workload, path + asked(probe), topology)
                    .ifPresentOrElse(
                            back -> {
                                edits.addAll(back.edits());
                                reasons.add(
                                        "The %s probe of container %s was changed%s; what it asked before is put back."
                                                .formatted(
                                                        purpose.word(),
                                                        probe.container(),
                                                        back.by()));
                            },
                            () -> askNearest(probe, path, edits, reasons));
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Draft(
                                workload,
                                edits,
                                "Correct the %s probe of %s"
                                        .formatted(purpose.word(), workload.ref()),
                                String.join(" ", reasons),
                                List.of(Workloads.rollout(workload, topology))));
    }

    /** The field with the question; how often it is asked stays as it is. */
    private static String asked(Probe probe) {
        return probe.handler().isEmpty() ? "exec" : probe.handler();
    }

    private void askNearest(Probe probe, String path, List<Edit> edits, List<String> reasons) {
        if (!probe.asksUndeclared()) {
            return;
        }
        probe.nearestPort()
                .ifPresent(
                        port -> {
                            edits.add(Edit.of(path + probe.handler() + ".port", port));
                            reasons.add(
                                    "The %s probe of container %s asks port %s, which it does not declare; the nearest that it declares is %s."
                                            .formatted(
                                                    purpose.word(),
                                                    probe.container(),
                                                    probe.port(),
                                                    port));
                        });
    }
}
