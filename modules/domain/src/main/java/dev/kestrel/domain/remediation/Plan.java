package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Duration;
import java.util.List;

/**
 * One concrete fix: what would be changed, why, at what risk, how to take it back and how to tell
 * that it worked.
 *
 * @param template id of the fix in the knowledge, for example {@code fix.raise_memory_limit}
 * @param risk 0 (harmless) to 3 (may hurt)
 * @param manifest what would be applied; its digest is what a person approves
 * @param undo the inverse
 * @param diff field by field, old and new, for people
 * @param simulated what the change would do to the topology, computed
 * @param postConditions what must be true afterwards
 */
public record Plan(
        String template,
        String title,
        String explanation,
        Cause cause,
        int risk,
        Manifest manifest,
        Manifest undo,
        List<FieldDiff> diff,
        List<String> simulated,
        List<PostCondition> postConditions) {
    public Plan {
        diff = List.copyOf(diff);
        simulated = List.copyOf(simulated);
        postConditions = List.copyOf(postConditions);
    }

    /** One field of the diff; values as canonical JSON, {@code null} where there is none. */
    public record FieldDiff(String path, String before, String after) {}

    /**
     * A symptom must be gone in time and stay away.
     *
     * @param within after the fix was applied
     * @param quiet how long it must not have been seen again before the fix counts as verified;
     *     zero where its absence can be seen at once
     */
    public record PostCondition(SymptomKey clears, Duration within, Duration quiet) {}
}
