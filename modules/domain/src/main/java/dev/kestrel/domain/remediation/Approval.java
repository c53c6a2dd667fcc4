package dev.kestrel.domain.remediation;

import static dev.kestrel.domain.remediation.RemediationLife.APPROVAL_LIVES;

import dev.kestrel.domain.access.Role.Permission;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.RemediationLife.Step;
import dev.kestrel.domain.remediation.Verdict.Refusal;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Decides whether a person's word about a proposal holds. */
public final class Approval {
    private Approval() {}

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
                                            remediation
                                                    .in(
                                                            Phase.APPROVED,
                                                            word.by().name(),
                                                            "approved",
                                                            now)
                                                    .expiring(expires),
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
                Step.of(remediation.in(Phase.REJECTED, word.by().name(), text, now)));
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
}
