package dev.kestrel.domain.remediation;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Remediation.Phase;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    static final Duration APPROVAL_LIVES = Duration.ofMinutes(10);

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
                        begun.in(
                                Phase.VALIDATING,
                                KESTREL,
                                "asked the API server for a dry run",
                                now),
                        new Command.DryRun(id + "-dry", plan.manifest()))
                : Step.of(
                        begun.in(
                                Phase.BLOCKED,
                                KESTREL,
                                "the operator is read-only in this cluster: apply the manifest"
                                        + " yourself, or enable write mode",
                                now));
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
                    remediation
                            .takingOver(would.takesOverFrom())
                            .in(Phase.PROPOSED, OPERATOR, "the API server would accept it", now);
            case Outcome.Refused refused -> refused(remediation, refused, Phase.BLOCKED, now);
            case Outcome.Answered _, Outcome.Applied _ -> remediation;
        };
    }

    private static Remediation applied(Remediation remediation, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                    remediation
                            .in(Phase.VERIFYING, OPERATOR, "applied; the symptoms are watched", now)
                            .expiring(deadline(remediation.plan(), applied.at()));
            case Outcome.Refused refused -> refused(remediation, refused, Phase.FAILED, now);
            case Outcome.Answered _, Outcome.WouldApply _ -> remediation;
        };
    }

    private static Remediation undone(Remediation remediation, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Applied _ -> remediation.in(Phase.UNDONE, OPERATOR, "taken back", now);
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
        return remediation.in(next, OPERATOR, refused.detail() + owners, now);
    }

    /** The object changed under it, or the incident is over. */
    public static Remediation withdraw(Remediation remediation, String why, Instant now) {
        return switch (remediation.phase()) {
            case VALIDATING, PROPOSED, BLOCKED ->
                    remediation.in(Phase.WITHDRAWN, KESTREL, why, now);
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

    /** When the last of the plan's post-conditions must hold. */
    static Instant deadline(Plan plan, Instant applied) {
        return applied.plus(longest(plan)).plus(VERIFICATION_SLACK);
    }

    private static Duration longest(Plan plan) {
        return plan.postConditions().stream()
                .map(Plan.PostCondition::within)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
