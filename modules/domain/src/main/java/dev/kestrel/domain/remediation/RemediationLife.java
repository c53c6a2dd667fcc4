package dev.kestrel.domain.remediation;

import dev.kestrel.domain.access.Role.Permission;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.Verdict.Refusal;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides how a remediation goes on: from plan to proposal, decision, application, verification,
 * and back where it made things worse.
 */
public final class RemediationLife {
    /** What Kestrel itself does is done in this name. */
    public static final String KESTREL = "kestrel";

    private static final String OPERATOR = "operator";

    /**
     * How long a proposal can be approved: a working shift; after that the cluster is another one.
     */
    private static final Duration PROPOSAL_LIVES = Duration.ofHours(4);

    /** How long an approval waits for the cluster: who approves expects it to happen now. */
    private static final Duration APPROVAL_LIVES = Duration.ofMinutes(10);

    /** On top of the plan's own times: signals arrive late. */
    private static final Duration VERIFICATION_SLACK = Duration.ofSeconds(60);

    private RemediationLife() {}

    /** A remediation after something happened to it, and what the cluster is asked to do now. */
    public record Step(Remediation remediation, List<Command> commands) {
        static Step of(Remediation remediation) {
            return new Step(remediation, List.of());
        }

        static Step of(Remediation remediation, Command command) {
            return new Step(remediation, List.of(command));
        }
    }

    /**
     * Begins with a plan. Only the API server can say whether it would be accepted, and only an
     * operator in write mode may ask it.
     *
     * @param id at most 56 characters
     */
    public static Step propose(String id, Plan plan, boolean writeEnabled, Instant now) {
        var begun =
                new Remediation(
                        id,
                        plan,
                        Phase.VALIDATING,
                        now,
                        now.plus(PROPOSAL_LIVES),
                        List.of(),
                        List.of());
        return writeEnabled
                ? Step.of(
                        to(
                                begun,
                                Phase.VALIDATING,
                                KESTREL,
                                "asked the API server for a dry run",
                                now),
                        new Command.DryRun(id + "-dry", plan.manifest()))
                : Step.of(
                        to(
                                begun,
                                Phase.BLOCKED,
                                KESTREL,
                                "the operator is read-only in this cluster: apply the manifest"
                                        + " yourself, or enable write mode",
                                now));
    }

    /**
     * Permission comes first, so a stranger cannot learn from the answer whether the plan still
     * stands.
     */
    public static Verdict approve(Remediation remediation, Word.Approve word, Instant now) {
        return objection(remediation, word, now)
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(
                        () -> {
                            var expires = now.plus(APPROVAL_LIVES);
                            return new Verdict.Granted(
                                    Step.of(
                                            expiring(
                                                    to(
                                                            remediation,
                                                            Phase.APPROVED,
                                                            word.by().name(),
                                                            "approved",
                                                            now),
                                                    expires),
                                            new Command.Apply(
                                                    remediation.id() + "-apply",
                                                    remediation.plan().manifest(),
                                                    word.by().name(),
                                                    expires)));
                        });
    }

    public static Verdict reject(Remediation remediation, Word.Reject word, Instant now) {
        if (!word.by().may(Permission.DECIDE)) {
            return new Verdict.Refused(Refusal.NOT_PERMITTED);
        }
        if (remediation.phase() != Phase.PROPOSED && remediation.phase() != Phase.BLOCKED) {
            return new Verdict.Refused(Refusal.ALREADY_DECIDED);
        }
        var reason = word.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var text =
                word.comment().isBlank()
                        ? "rejected: " + reason
                        : "rejected: " + reason + ". " + word.comment();
        return new Verdict.Granted(
                Step.of(to(remediation, Phase.REJECTED, word.by().name(), text, now)));
    }

    private static Optional<Refusal> objection(
            Remediation remediation, Word.Approve word, Instant now) {
        if (!word.by().may(Permission.DECIDE)) {
            return Optional.of(Refusal.NOT_PERMITTED);
        }
        return switch (remediation.phase()) {
            case VALIDATING, BLOCKED -> Optional.of(Refusal.NOT_OFFERED);
            case EXPIRED -> Optional.of(Refusal.EXPIRED);
            case WITHDRAWN -> Optional.of(Refusal.PLAN_CHANGED);
            case APPROVED, VERIFYING, VERIFIED, UNDOING, UNDONE, REJECTED, FAILED ->
                    Optional.of(Refusal.ALREADY_DECIDED);
            case PROPOSED -> {
                if (!now.isBefore(remediation.expiresAt())) {
                    yield Optional.of(Refusal.EXPIRED);
                }
                yield word.digest().equals(remediation.plan().manifest().digest())
                        ? Optional.empty()
                        : Optional.of(Refusal.PLAN_CHANGED);
            }
        };
    }

    /**
     * Takes the outcome of a command that was issued for this remediation; one that does not fit
     * its phase changes nothing.
     */
    public static Step onOutcome(Remediation remediation, Outcome outcome, Instant now) {
        return switch (remediation.phase()) {
            case VALIDATING -> Step.of(validated(remediation, outcome, now));
            case APPROVED -> Step.of(applied(remediation, outcome, now));
            case UNDOING -> Step.of(undone(remediation, outcome, now));
            case PROPOSED,
                    BLOCKED,
                    VERIFYING,
                    VERIFIED,
                    UNDONE,
                    REJECTED,
                    EXPIRED,
                    WITHDRAWN,
                    FAILED ->
                    Step.of(remediation);
        };
    }

    private static Remediation validated(Remediation remediation, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.WouldApply would ->
                    to(
                            takingOver(remediation, would.takesOverFrom()),
                            Phase.PROPOSED,
                            OPERATOR,
                            "the API server would accept it",
                            now);
            case Outcome.Refused refused -> refused(remediation, refused, Phase.BLOCKED, now);
            case Outcome.Answered _, Outcome.Applied _ -> remediation;
        };
    }

    private static Remediation applied(Remediation remediation, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                    expiring(
                            to(
                                    remediation,
                                    Phase.VERIFYING,
                                    OPERATOR,
                                    "applied; the symptoms are watched",
                                    now),
                            applied.at()
                                    .plus(longest(remediation.plan()))
                                    .plus(VERIFICATION_SLACK));
            case Outcome.Refused refused -> refused(remediation, refused, Phase.FAILED, now);
            case Outcome.Answered _, Outcome.WouldApply _ -> remediation;
        };
    }

    private static Remediation undone(Remediation remediation, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Applied _ -> to(remediation, Phase.UNDONE, OPERATOR, "taken back", now);
            case Outcome.Refused refused -> refused(remediation, refused, Phase.FAILED, now);
            case Outcome.Answered _, Outcome.WouldApply _ -> remediation;
        };
    }

    private static Remediation refused(
            Remediation remediation, Outcome.Refused refused, Phase phase, Instant now) {
        var next = refused.reason() == Outcome.Reason.DRIFTED ? Phase.WITHDRAWN : phase;
        var owners =
                refused.ownedBy().isEmpty()
                        ? ""
                        : "; the fields belong to " + String.join(", ", refused.ownedBy());
        return to(remediation, next, OPERATOR, refused.detail() + owners, now);
    }

    /**
     * Looks at the clock and at the symptoms.
     *
     * @param isLive whether a symptom is there now
     * @param worse symptoms that came up after the fix was applied, on what it touches
     */
    public static Step advance(
            Remediation remediation,
            Predicate<SymptomKey> isLive,
            List<SymptomKey> worse,
            Instant now) {
        var late = !now.isBefore(remediation.expiresAt());
        return switch (remediation.phase()) {
            case VALIDATING, PROPOSED, BLOCKED ->
                    Step.of(
                            late
                                    ? to(
                                            remediation,
                                            Phase.EXPIRED,
                                            KESTREL,
                                            "nobody decided in time",
                                            now)
                                    : remediation);
            case APPROVED ->
                    Step.of(
                            late
                                    ? to(
                                            remediation,
                                            Phase.FAILED,
                                            KESTREL,
                                            "the cluster could not be reached before the approval"
                                                    + " expired",
                                            now)
                                    : remediation);
            case VERIFYING -> verify(remediation, isLive, worse, late, now);
            case UNDOING ->
                    Step.of(
                            late
                                    ? to(
                                            remediation,
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
            Predicate<SymptomKey> isLive,
            List<SymptomKey> worse,
            boolean late,
            Instant now) {
        if (!worse.isEmpty()) {
            return undo(remediation, "it made things worse: " + worse.getFirst() + " came up", now);
        }
        var open =
                remediation.plan().postConditions().stream()
                        .filter(post -> isLive.test(post.clears()))
                        .toList();
        if (open.isEmpty()) {
            return Step.of(
                    to(
                            remediation,
                            Phase.VERIFIED,
                            KESTREL,
                            "every symptom it was to clear is gone",
                            now));
        }
        return late
                ? undo(
                        remediation,
                        "it did not help: " + open.getFirst().clears() + " is still there",
                        now)
                : Step.of(remediation);
    }

    private static Step undo(Remediation remediation, String why, Instant now) {
        var expires = now.plus(APPROVAL_LIVES);
        return Step.of(
                expiring(
                        to(remediation, Phase.UNDOING, KESTREL, why + "; taking it back", now),
                        expires),
                new Command.Undo(
                        remediation.id() + "-undo",
                        remediation.id() + "-apply",
                        remediation.plan().undo(),
                        expires));
    }

    /** The object changed under it, or the incident is over. */
    public static Remediation withdraw(Remediation remediation, String why, Instant now) {
        return switch (remediation.phase()) {
            case VALIDATING, PROPOSED, BLOCKED ->
                    to(remediation, Phase.WITHDRAWN, KESTREL, why, now);
            case APPROVED,
                    VERIFYING,
                    VERIFIED,
                    UNDOING,
                    UNDONE,
                    REJECTED,
                    EXPIRED,
                    WITHDRAWN,
                    FAILED ->
                    remediation;
        };
    }

    private static Duration longest(Plan plan) {
        return plan.postConditions().stream()
                .map(Plan.PostCondition::within)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Remediation to(Remediation r, Phase phase, String by, String text, Instant now) {
        var history = new ArrayList<>(r.history());
        history.add(new Remediation.Step(now, phase, by, text));
        return new Remediation(
                r.id(), r.plan(), phase, r.proposedAt(), r.expiresAt(), r.takesOverFrom(), history);
    }

    private static Remediation expiring(Remediation r, Instant at) {
        return new Remediation(
                r.id(), r.plan(), r.phase(), r.proposedAt(), at, r.takesOverFrom(), r.history());
    }

    private static Remediation takingOver(Remediation r, List<String> managers) {
        return new Remediation(
                r.id(), r.plan(), r.phase(), r.proposedAt(), r.expiresAt(), managers, r.history());
    }
}
