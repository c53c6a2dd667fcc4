package dev.kestrel.domain.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.Verdict.Refusal;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

class RemediationLifeTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    private static final ResourceRef CHECKOUT = new ResourceRef("Deployment", "shop", "checkout");
    private static final SymptomKey NOT_READY = new SymptomKey("pod.not_ready.all", CHECKOUT);
    private static final Principal ANN =
            new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
    private static final Principal BOB =
            new Principal("acme", "u2", "bob@acme.example", Role.RESPONDER);

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

    @Test
    void itIsVerifiedWhenTheLastSymptomIsGone() {
        assertThat(
                        Verification.advance(
                                        verifying(),
                                        RemediationLifeTest::there,
                                        List.of(),
                                        SymptomKey::toString,
                                        T0.plusSeconds(30))
                                .remediation()
                                .phase())
                .isEqualTo(Phase.VERIFYING);
        assertThat(
                        Verification.advance(
                                        verifying(),
                                        RemediationLifeTest::gone,
                                        List.of(),
                                        SymptomKey::toString,
                                        T0.plusSeconds(30))
                                .remediation()
                                .phase())
                .isEqualTo(Phase.VERIFIED);
    }

    @Test
    void whatTakesTimeToShowMustStayAwayForThatTime() {
        var verifying = verifying(Duration.ofSeconds(60));
        var seen = T0.plusSeconds(20);

        var gone =
                Verification.advance(
                        verifying,
                        lastSeen(seen),
                        List.of(),
                        SymptomKey::toString,
                        T0.plusSeconds(50));
        assertThat(gone.remediation().phase()).isEqualTo(Phase.VERIFYING);
        assertThat(gone.remediation().expiresAt()).isEqualTo(seen.plusSeconds(60));
        assertThat(gone.remediation().history()).isEqualTo(verifying.history());

        var back =
                Verification.advance(
                                gone.remediation(),
                                RemediationLifeTest::there,
                                List.of(),
                                SymptomKey::toString,
                                T0.plusSeconds(70))
                        .remediation();
        assertThat(back.phase()).isEqualTo(Phase.VERIFYING);
        assertThat(back.expiresAt()).isEqualTo(verifying.expiresAt());

        assertThat(phase(gone.remediation(), seen.plusSeconds(60).minusMillis(1), seen))
                .isEqualTo(Phase.VERIFYING);
        assertThat(phase(gone.remediation(), seen.plusSeconds(60), seen)).isEqualTo(Phase.VERIFIED);
    }

    private static Phase phase(Remediation remediation, Instant now, Instant seen) {
        return Verification.advance(
                        remediation, lastSeen(seen), List.of(), SymptomKey::toString, now)
                .remediation()
                .phase();
    }

    @Test
    void whatDoesNotHelpInTimeIsTakenBack() {
        var late =
                Verification.advance(
                        verifying(),
                        RemediationLifeTest::there,
                        List.of(),
                        SymptomKey::toString,
                        verifying().expiresAt());
        assertThat(late.remediation().phase()).isEqualTo(Phase.UNDOING);
        assertThat(late.commands()).singleElement().isInstanceOf(Command.Undo.class);
        assertThat(late.remediation().history().getLast().text()).contains("did not help");
    }

    @Test
    void whatMakesThingsWorseIsTakenBackAtOnce() {
        var worse =
                Verification.advance(
                        verifying(),
                        RemediationLifeTest::gone,
                        List.of(new SymptomKey("container.oom_killed", CHECKOUT)),
                        SymptomKey::toString,
                        T0);
        assertThat(worse.remediation().phase()).isEqualTo(Phase.UNDOING);
        var undone =
                RemediationLife.onOutcome(worse.remediation(), new Outcome.Applied("8", T0), T0)
                        .remediation();
        assertThat(undone.phase()).isEqualTo(Phase.UNDONE);
    }

    @Test
    void anApprovalThatCannotBeDeliveredFails() {
        var step =
                Verification.advance(
                        approved(),
                        RemediationLifeTest::there,
                        List.of(),
                        SymptomKey::toString,
                        approved().expiresAt());
        assertThat(step.remediation().phase()).isEqualTo(Phase.FAILED);
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

    private static Remediation validating() {
        return RemediationLife.propose("i1-r1", plan(), true, T0).remediation();
    }

    private static Remediation proposed() {
        return RemediationLife.onOutcome(
                        validating(), new Outcome.WouldApply(Fields.of(Map.of()), List.of()), T0)
                .remediation();
    }

    private static Remediation approved() {
        return ((Verdict.Granted)
                        Approval.approve(proposed(), new Word.Approve(ANN, "i1-r1", "sha"), T0))
                .step()
                .remediation();
    }

    private static Remediation verifying() {
        return RemediationLife.onOutcome(approved(), new Outcome.Applied("7", T0), T0)
                .remediation();
    }

    private static Remediation verifying(Duration quiet) {
        var one = verifying();
        return new Remediation(
                one.id(),
                plan(quiet),
                one.phase(),
                one.proposedAt(),
                one.expiresAt(),
                one.takesOverFrom(),
                one.history());
    }

    private static Optional<Symptom> there(SymptomKey key) {
        return Optional.of(symptom(key, Symptom.State.ACTIVE, T0));
    }

    private static Optional<Symptom> gone(SymptomKey key) {
        return Optional.empty();
    }

    private static Function<SymptomKey, Optional<Symptom>> lastSeen(Instant at) {
        return key -> Optional.of(symptom(key, Symptom.State.CLEARED, at));
    }

    private static Symptom symptom(SymptomKey key, Symptom.State state, Instant seen) {
        return new Symptom(key, state, Stage.NONE, T0, T0, seen, 1, 1, List.of());
    }

    private static Remediation rejected() {
        return ((Verdict.Granted) Approval.reject(proposed(), reject(), T0)).step().remediation();
    }

    private static Word.Reject reject() {
        return new Word.Reject(ANN, "i1-r1", Word.RejectReason.TOO_RISKY, "");
    }

    private static Plan plan() {
        return plan(Duration.ZERO);
    }

    private static Plan plan(Duration quiet) {
        var manifest =
                new Manifest(
                        CHECKOUT,
                        "apps/v1",
                        Fields.of(Map.of()),
                        "sha",
                        "uid",
                        Map.of(),
                        List.of());
        return new Plan(
                "fix.restore_replicas",
                "Scale it back",
                "",
                new Cause("workload.scaled_to_zero", CHECKOUT),
                1,
                manifest,
                manifest,
                List.of(),
                List.of(),
                List.of(new Plan.PostCondition(NOT_READY, Duration.ofMinutes(3), quiet)));
    }
}
