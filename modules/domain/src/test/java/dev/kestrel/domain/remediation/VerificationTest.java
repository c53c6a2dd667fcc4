package dev.kestrel.domain.remediation;

import static dev.kestrel.domain.remediation.SampleRemediations.CHECKOUT;
import static dev.kestrel.domain.remediation.SampleRemediations.T0;
import static dev.kestrel.domain.remediation.SampleRemediations.approved;
import static dev.kestrel.domain.remediation.SampleRemediations.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.symptom.Stage;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

class VerificationTest {
    @Test
    void itIsVerifiedWhenTheLastSymptomIsGone() {
        assertThat(
                        Verification.advance(
                                        verifying(),
                                        VerificationTest::there,
                                        List.of(),
                                        SymptomKey::toString,
                                        T0.plusSeconds(30))
                                .remediation()
                                .phase())
                .isEqualTo(Phase.VERIFYING);
        assertThat(
                        Verification.advance(
                                        verifying(),
                                        VerificationTest::gone,
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
                                VerificationTest::there,
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
                        VerificationTest::there,
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
                        VerificationTest::gone,
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
                        VerificationTest::there,
                        List.of(),
                        SymptomKey::toString,
                        approved().expiresAt());
        assertThat(step.remediation().phase()).isEqualTo(Phase.FAILED);
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
}
