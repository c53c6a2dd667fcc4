package dev.kestrel.domain.remediation;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.command.Manifest;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.domain.symptom.SymptomKey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One fix of a scaled-down deployment at each step of its life, and who decides about it. */
final class SampleRemediations {
    static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
    static final ResourceRef CHECKOUT = new ResourceRef("Deployment", "shop", "checkout");
    static final SymptomKey NOT_READY = new SymptomKey("pod.not_ready.all", CHECKOUT);
    static final Principal ANN = new Principal("acme", "u1", "ann@acme.example", Role.APPROVER);
    static final Principal BOB = new Principal("acme", "u2", "bob@acme.example", Role.RESPONDER);

    private SampleRemediations() {}

    static Remediation validating() {
        return RemediationLife.propose("i1-r1", plan(), true, T0).remediation();
    }

    static Remediation proposed() {
        return RemediationLife.onOutcome(
                        validating(), new Outcome.WouldApply(Fields.of(Map.of()), List.of()), T0)
                .remediation();
    }

    static Remediation approved() {
        return ((Verdict.Granted)
                        Approval.approve(proposed(), new Word.Approve(ANN, "i1-r1", "sha"), T0))
                .step()
                .remediation();
    }

    static Remediation verifying() {
        return RemediationLife.onOutcome(approved(), new Outcome.Applied("7", T0), T0)
                .remediation();
    }

    static Remediation verifying(Duration quiet) {
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

    static Plan plan() {
        return plan(Duration.ZERO);
    }

    static Plan plan(Duration quiet) {
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
