package dev.kestrel.domain.remediation;

import static dev.kestrel.domain.remediation.SampleRemediations.ANN;
import static dev.kestrel.domain.remediation.SampleRemediations.BOB;
import static dev.kestrel.domain.remediation.SampleRemediations.T0;
import static dev.kestrel.domain.remediation.SampleRemediations.plan;
import static dev.kestrel.domain.remediation.SampleRemediations.proposed;
import static dev.kestrel.domain.remediation.SampleRemediations.validating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.Verdict.Refusal;
import dev.kestrel.domain.signal.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class RemediationLifeTest {
    @Test
    void aProposalWaitsForTheApiServersWord() {
        var step = RemediationLife.propose("i1-r1", plan(), true, T0);
        assertThat(step.remediation().phase()).isEqualTo(Phase.VALIDATING);
        assertThat(step.commands())
                .containsExactly(new Command.DryRun("i1-r1-dry", plan().manifest()));
        var would = new Outcome.WouldApply(Fields.of(Map.of()), List.of("kubectl-edit"));
        var proposed =
                RemediationLife.onOutcome(step.remediation(), would, T0.plusSeconds(1))
                        .remediation();
        assertThat(proposed.phase()).isEqualTo(Phase.PROPOSED);
        assertThat(proposed.takesOverFrom()).containsExactly("kubectl-edit");
    }

    @Test
    void aReadOnlyOperatorIsNotAsked() {
        var step = RemediationLife.propose("i1-r1", plan(), false, T0);
        assertThat(step.remediation().phase()).isEqualTo(Phase.BLOCKED);
        assertThat(step.commands()).isEmpty();
    }

    @Test
    void aFieldOfSomebodyElseBlocksTheFixAndSaysWhose() {
        var refused =
                new Outcome.Refused(
                        Outcome.Reason.CONFLICT, "conflict", List.of("argocd-controller"));
        var blocked = RemediationLife.onOutcome(validating(), refused, T0).remediation();
        assertThat(blocked.phase()).isEqualTo(Phase.BLOCKED);
        assertThat(blocked.history().getLast().text()).contains("argocd-controller");
    }

    @Test
    void anObjectThatMovedOnWithdrawsTheFix() {
        var drifted =
                new Outcome.Refused(Outcome.Reason.DRIFTED, "spec.replicas is 3 by now", List.of());
        assertThat(RemediationLife.onOutcome(validating(), drifted, T0).remediation().phase())
                .isEqualTo(Phase.WITHDRAWN);
    }

    @Test
    void anApproverGrantsExactlyThePlanHeSaw() {
        var granted =
                (Verdict.Granted)
                        Approval.approve(proposed(), new Word.Approve(ANN, "i1-r1", "sha"), T0);
        assertThat(granted.step().remediation().phase()).isEqualTo(Phase.APPROVED);
        assertThat(granted.step().commands())
                .containsExactly(
                        new Command.Apply(
                                "i1-r1-apply",
                                plan().manifest(),
                                "ann@acme.example",
                                T0.plus(Duration.ofMinutes(10))));
    }

    @Test
    void permissionIsLookedAtBeforeAnythingElse() {
        assertThat(
                        Approval.approve(
                                rejected(),
                                new Word.Approve(BOB, "i1-r1", "other"),
                                T0.plus(Duration.ofDays(1))))
                .isEqualTo(new Verdict.Refused(Refusal.NOT_PERMITTED));
    }

    @Test
    void anotherDigestIsAnotherPlan() {
        assertThat(Approval.approve(proposed(), new Word.Approve(ANN, "i1-r1", "other"), T0))
                .isEqualTo(new Verdict.Refused(Refusal.PLAN_CHANGED));
    }

    @Test
    void aProposalCanBeApprovedUntilItExpiresAndNotThen() {
        var last = proposed().expiresAt().minusNanos(1);
        assertThat(Approval.approve(proposed(), new Word.Approve(ANN, "i1-r1", "sha"), last))
                .isInstanceOf(Verdict.Granted.class);
        assertThat(
                        Approval.approve(
                                proposed(),
                                new Word.Approve(ANN, "i1-r1", "sha"),
                                proposed().expiresAt()))
                .isEqualTo(new Verdict.Refused(Refusal.EXPIRED));
    }

    @Test
    void whatWasDecidedIsNotDecidedAgain() {
        assertThat(Approval.approve(rejected(), new Word.Approve(ANN, "i1-r1", "sha"), T0))
                .isEqualTo(new Verdict.Refused(Refusal.ALREADY_DECIDED));
        assertThat(Approval.reject(rejected(), reject(), T0))
                .isEqualTo(new Verdict.Refused(Refusal.ALREADY_DECIDED));
    }

    @Test
    void aBlockedFixIsNotOffered() {
        var blocked = RemediationLife.propose("i1-r1", plan(), false, T0).remediation();
        assertThat(Approval.approve(blocked, new Word.Approve(ANN, "i1-r1", "sha"), T0))
                .isEqualTo(new Verdict.Refused(Refusal.NOT_OFFERED));
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void anOutcomeThatDoesNotFitChangesNothing(Phase phase) {
        var remediation = new Remediation("i1-r1", plan(), phase, T0, T0, List.of(), List.of());
        var answered =
                new Outcome.Answered(
                        new dev.kestrel.domain.investigation.Answer.Given("", false), T0);
        assertThat(RemediationLife.onOutcome(remediation, answered, T0).remediation())
                .isEqualTo(remediation);
    }

    private static Remediation rejected() {
        return ((Verdict.Granted) Approval.reject(proposed(), reject(), T0)).step().remediation();
    }

    private static Word.Reject reject() {
        return new Word.Reject(ANN, "i1-r1", Word.RejectReason.TOO_RISKY, "");
    }
}
