package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.template.Probe.Purpose;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every fix that can be computed, and how a plan is made from one. */
public final class Fixes {
    /** In the order of the documentation. */
    public static final List<Fix> ALL =
            List.of(
                    new RollBackRelease(),
                    new RaiseMemoryLimit(),
                    new RollBackImage(),
                    new RequestObservedMemory(),
                    new FitRequests(),
                    RestorePlacement.selector(),
                    RestorePlacement.affinity(),
                    RestorePlacement.tolerations(),
                    new AlignSelector(),
                    new AllowPlaintext(),
                    new RestoreReplicas(),
                    new CorrectProbe(Purpose.READINESS),
                    new CorrectProbe(Purpose.LIVENESS),
                    new CorrectReference(),
                    new RevertTemplate(),
                    new RestorePolicy(),
                    new AllowFlow());

    private Fixes() {}

    /**
     * Computes a plan; empty when the fix is unknown or cannot be computed from what is known of
     * the object.
     *
     * @param declared what the knowledge says of the fix: its id and its risk
     * @param clears symptoms that must be gone within a time after the fix
     */
    public static Optional<Plan> plan(
            FixDeclaration declared,
            Cause cause,
            Map<SymptomKey, Duration> clears,
            Topology topology) {
        return ALL.stream()
                .filter(fix -> fix.id().equals(declared.id()))
                .findFirst()
                .flatMap(fix -> fix.draft(cause, topology))
                .map(draft -> plan(declared, draft, cause, conditions(clears, topology)));
    }

    private static Plan plan(
            FixDeclaration declared,
            Draft draft,
            Cause cause,
            List<Plan.PostCondition> conditions) {
        var apply = Manifests.apply(draft.target(), draft.edits());
        return new Plan(
                declared.id(),
                draft.title(),
                draft.explanation(),
                cause,
                declared.risk(),
                apply,
                Manifests.undo(draft.target(), draft.edits()),
                draft.edits().stream()
                        .map(
                                edit ->
                                        new Plan.FieldDiff(
                                                edit.path().toString(),
                                                apply.expectedValues()
                                                        .getOrDefault(
                                                                edit.path().toString(), "null"),
                                                CanonicalJson.write(edit.value())))
                        .toList(),
                draft.simulated(),
                conditions);
    }

    private static List<Plan.PostCondition> conditions(
            Map<SymptomKey, Duration> clears, Topology topology) {
        return clears.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        clear ->
                                new Plan.PostCondition(
                                        clear.getKey(),
                                        clear.getValue(),
                                        Quiet.after(clear.getKey(), topology)))
                .toList();
    }
}
