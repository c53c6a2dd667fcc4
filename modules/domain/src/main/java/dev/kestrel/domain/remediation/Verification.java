package dev.kestrel.domain.remediation;

import static dev.kestrel.domain.remediation.RemediationLife.APPROVAL_LIVES;
import static dev.kestrel.domain.remediation.RemediationLife.KESTREL;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.RemediationLife.Step;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Watches a remediation against the clock and the symptoms: expired, verified, or worse and to be
 * taken back.
 */
public final class Verification {
    private Verification() {}

    /**
     * Looks at the clock and at the symptoms.
     *
     * @param find a symptom as it is now; empty when it is long over
     * @param worse symptoms that came up after the fix was applied, on what it touches
     * @param named says what a symptom is, in one clause
     */
    public static Step advance(
            Remediation remediation,
            Function<SymptomKey, Optional<Symptom>> find,
            List<SymptomKey> worse,
            Function<SymptomKey, String> named,
            Instant now) {
        var late = !now.isBefore(remediation.expiresAt());
        return switch (remediation.phase()) {
            case VALIDATING, PROPOSED, BLOCKED ->
                    Step.of(
                            late
                                    ? remediation.in(
                                            Phase.EXPIRED, KESTREL, "nobody decided in time", now)
                                    : remediation);
            case APPROVED ->
                    Step.of(
                            late
                                    ? remediation.in(
                                            Phase.FAILED,
                                            KESTREL,
                                            "the cluster could not be reached before the approval"
                                                    + " expired",
                                            now)
                                    : remediation);
            case VERIFYING -> verify(remediation, find, worse, named, now);
            case UNDOING ->
                    Step.of(
                            late
                                    ? remediation.in(
                                            Phase.FAILED,
                                            KESTREL,
                                            "the undo was not confirmed in time",
                                            now)
                                    : remediation);
            case VERIFIED, UNDONE, REJECTED, EXPIRED, WITHDRAWN, FAILED -> Step.of(remediation);
        };
    }

    private static Step verify(
            Remediation remediation,
            Function<SymptomKey, Optional<Symptom>> find,
            List<SymptomKey> worse,
            Function<SymptomKey, String> named,
            Instant now) {
        if (!worse.isEmpty()) {
            return undo(remediation, "it made things worse: " + named.apply(worse.getFirst()), now);
        }
        var open =
                remediation.plan().postConditions().stream()
                        .filter(
                                post ->
                                        find.apply(post.clears())
                                                .filter(Symptom::isLive)
                                                .isPresent())
                        .toList();
        if (open.isEmpty()) {
            return Step.of(onceQuiet(remediation, find, now));
        }
        var deadline = RemediationLife.deadline(remediation.plan(), applied(remediation));
        return now.isBefore(deadline)
                ? Step.of(remediation.expiring(deadline))
                : undo(
                        remediation,
                        "it did not help: " + named.apply(open.getFirst().clears()) + " still",
                        now);
    }

    private static Remediation onceQuiet(
            Remediation remediation, Function<SymptomKey, Optional<Symptom>> find, Instant now) {
        var until =
                remediation.plan().postConditions().stream()
                        .map(post -> lastSeen(post, remediation, find).plus(post.quiet()))
                        .max(Comparator.naturalOrder())
                        .orElse(now);
        return until.isAfter(now)
                ? remediation.expiring(until)
                : remediation.in(
                        Phase.VERIFIED, KESTREL, "every symptom it was to clear is gone", now);
    }

    private static Instant lastSeen(
            Plan.PostCondition post,
            Remediation remediation,
            Function<SymptomKey, Optional<Symptom>> find) {
        var applied = applied(remediation);
        return find.apply(post.clears())
                .map(Symptom::lastSeen)
                .filter(seen -> seen.isAfter(applied))
                .orElse(applied);
    }

    private static Instant applied(Remediation remediation) {
        return remediation.history().getLast().at();
    }

    private static Step undo(Remediation remediation, String why, Instant now) {
        var expires = now.plus(APPROVAL_LIVES);
        return Step.of(
                remediation
                        .in(Phase.UNDOING, KESTREL, why + "; taking it back", now)
                        .expiring(expires),
                new Command.Undo(
                        remediation.id() + "-undo",
                        remediation.id() + "-apply",
                        remediation.plan().undo(),
                        expires));
    }
}
