package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.incident.Incident;
import dev.kestrel.domain.rca.CausalModel;
import dev.kestrel.domain.rca.Cause;
import dev.kestrel.domain.rca.Diagnosis;
import dev.kestrel.domain.rca.FixDeclaration;
import dev.kestrel.domain.rca.Hypothesis;
import dev.kestrel.domain.remediation.Approval;
import dev.kestrel.domain.remediation.Fixes;
import dev.kestrel.domain.remediation.Plan;
import dev.kestrel.domain.remediation.Remediation;
import dev.kestrel.domain.remediation.Remediation.Phase;
import dev.kestrel.domain.remediation.RemediationLife;
import dev.kestrel.domain.remediation.Verdict;
import dev.kestrel.domain.remediation.Verification;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.symptom.Symptom;
import dev.kestrel.domain.symptom.SymptomBook;
import dev.kestrel.domain.symptom.SymptomKey;
import dev.kestrel.domain.topology.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The fixes of one incident: proposes them while the diagnosis stands, and moves each of them on.
 */
final class Remedies {
    /**
     * One at work per kind of fix, and no more than this many attempts: a fix that failed thrice is
     * the wrong one.
     */
    private static final int ATTEMPTS = 3;

    private final Case owner;
    private final List<Command> commands = new ArrayList<>();

    Remedies(Case owner) {
        this.owner = owner;
    }

    /** Commands that follow from what was done with this object, in order. */
    List<Command> commands() {
        return commands;
    }

    /**
     * Brings the proposals in line with the diagnosis: new plans are proposed, overtaken ones
     * withdrawn.
     */
    void propose(
            List<Symptom> symptoms,
            Topology topology,
            CausalModel model,
            Predicate<Plan> mayWrite,
            Instant now) {
        var plans = plans(symptoms, topology, model);
        for (var open : owner.incident().remediations()) {
            if (plans.stream().noneMatch(plan -> same(plan, open.plan()))
                    || (open.phase() == Phase.BLOCKED
                            && wasReadOnly(open)
                            && mayWrite.test(open.plan()))) {
                var why = "overtaken: the object or the diagnosis is another one by now";
                replace(open, RemediationLife.withdraw(open, why, now), now);
            }
        }
        for (var plan : plans) {
            if (isNews(plan)) {
                var id =
                        owner.incident().id() + "-r" + (owner.incident().remediations().size() + 1);
                var step = RemediationLife.propose(id, plan, mayWrite.test(plan), now);
                commands.addAll(step.commands());
                add(step.remediation(), now);
            }
        }
    }

    private boolean isNews(Plan plan) {
        var tried =
                owner.incident().remediations().stream()
                        .filter(one -> one.plan().template().equals(plan.template()))
                        .toList();
        var refused =
                tried.stream()
                        .anyMatch(
                                one ->
                                        same(one.plan(), plan)
                                                && (!one.phase().isOver()
                                                        || isRefuted(one.phase())));
        var working = tried.stream().anyMatch(one -> !one.phase().isOver());
        var attempts = tried.stream().filter(one -> isAttempt(one.phase())).count();
        return !refused && !working && attempts < ATTEMPTS && !owner.isFixing();
    }

    /** Ends after which the very same plan is not worth proposing again; one that worked is. */
    private static boolean isRefuted(Phase phase) {
        return isAttempt(phase) && phase != Phase.VERIFIED;
    }

    private static boolean isAttempt(Phase phase) {
        return switch (phase) {
            case VERIFIED, UNDONE, REJECTED, FAILED -> true;
            case VALIDATING, PROPOSED, BLOCKED, APPROVED, VERIFYING, UNDOING, EXPIRED, WITHDRAWN ->
                    false;
        };
    }

    private static boolean wasReadOnly(Remediation remediation) {
        return remediation.history().stream().noneMatch(step -> step.by().equals("operator"));
    }

    private static boolean same(Plan one, Plan other) {
        return one.manifest().digest().equals(other.manifest().digest())
                && one.manifest().expectedUid().equals(other.manifest().expectedUid())
                && one.manifest().expectedValues().equals(other.manifest().expectedValues());
    }

    /** Only a grounded cause is worth a fix, and only one of which we can tell that it worked. */
    private List<Plan> plans(List<Symptom> symptoms, Topology topology, CausalModel model) {
        var incident = owner.incident();
        if (incident.diagnosis().verdict() != Diagnosis.Verdict.ROOT_CAUSE) {
            return List.of();
        }
        var best = incident.diagnosis().hypotheses().getFirst();
        if (best.status() != Hypothesis.Status.SUPPORTED
                && best.status() != Hypothesis.Status.VERIFIED) {
            return List.of();
        }
        var plans = new ArrayList<Plan>();
        for (var cause : best.causes()) {
            var mechanism = model.mechanisms().get(cause.mechanism());
            if (mechanism != null) {
                for (var fix : mechanism.fixes()) {
                    var declaration = model.fixes().get(fix);
                    if (declaration != null) {
                        Fixes.plan(
                                        declaration,
                                        cause,
                                        clears(symptoms, cause, declaration),
                                        topology)
                                .filter(plan -> !plan.postConditions().isEmpty())
                                .ifPresent(plans::add);
                    }
                }
            }
        }
        return plans;
    }

    private static Map<SymptomKey, Duration> clears(
            List<Symptom> symptoms, Cause cause, FixDeclaration declaration) {
        var clears = new TreeMap<SymptomKey, Duration>();
        for (var post : declaration.post()) {
            symptoms.stream()
                    .filter(Symptom::isLive)
                    .filter(symptom -> symptom.key().type().equals(post.state()))
                    .forEach(symptom -> clears.put(symptom.key(), post.within()));
        }
        if (clears.isEmpty()) {
            var longest =
                    declaration.post().stream()
                            .map(FixDeclaration.Post::within)
                            .max(Duration::compareTo)
                            .orElse(Duration.ofMinutes(5));
            symptoms.stream()
                    .filter(symptom -> symptom.isLive() && symptom.key().about().equals(cause.at()))
                    .forEach(symptom -> clears.put(symptom.key(), longest));
        }
        return clears;
    }

    /** The answer to a word about a fix. */
    Optional<Verdict.Refusal> decide(Word word, Instant now) {
        var id =
                switch (word) {
                    case Word.Approve approve -> approve.remediation();
                    case Word.Reject reject -> reject.remediation();
                    case Word.Acknowledge _, Word.Resolve _, Word.Judge _ -> "";
                };
        var about =
                owner.incident().remediations().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst();
        if (about.isEmpty()) {
            return Optional.of(Verdict.Refusal.NO_SUCH_REMEDIATION);
        }
        if (word instanceof Word.Approve
                && about.get().phase() == Phase.PROPOSED
                && owner.isFixing()) {
            return Optional.of(Verdict.Refusal.ANOTHER_AT_WORK);
        }
        var verdict =
                word instanceof Word.Approve approve
                        ? Approval.approve(about.get(), approve, now)
                        : Approval.reject(about.get(), (Word.Reject) word, now);
        return switch (verdict) {
            case Verdict.Refused refused -> Optional.of(refused.why());
            case Verdict.Granted granted -> {
                take(about.get(), granted.step(), now);
                yield Optional.empty();
            }
        };
    }

    void onOutcome(String commandId, Outcome outcome, Instant now) {
        owner.incident().remediations().stream()
                .filter(one -> commandId.startsWith(one.id() + "-"))
                .findFirst()
                .ifPresent(one -> take(one, RemediationLife.onOutcome(one, outcome, now), now));
    }

    /** Looks at the clock and at the symptoms. */
    void advance(SymptomBook symptoms, Topology topology, CausalModel model, Instant now) {
        var live = symptoms.live();
        for (var one : owner.incident().remediations()) {
            take(
                    one,
                    Verification.advance(
                            one,
                            symptoms::find,
                            Worsening.of(one, live, topology),
                            model::title,
                            now),
                    now);
        }
    }

    void withdrawAll(String why, Instant now) {
        owner.incident()
                .remediations()
                .forEach(one -> replace(one, RemediationLife.withdraw(one, why, now), now));
    }

    Instant nextDue() {
        return owner.incident().remediations().stream()
                .filter(one -> !one.phase().isOver())
                .map(Remediation::expiresAt)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private void take(Remediation before, RemediationLife.Step step, Instant now) {
        commands.addAll(step.commands());
        replace(before, step.remediation(), now);
    }

    private void add(Remediation remediation, Instant now) {
        var all = new ArrayList<>(owner.incident().remediations());
        all.add(remediation);
        owner.remediations(all);
        noteLast(remediation, now);
    }

    private void replace(Remediation before, Remediation after, Instant now) {
        if (before.equals(after)) {
            return;
        }
        var all = new ArrayList<>(owner.incident().remediations());
        all.replaceAll(one -> one.id().equals(after.id()) ? after : one);
        owner.remediations(all);
        if (after.history().size() > before.history().size()) {
            noteLast(after, now);
        }
    }

    private void noteLast(Remediation remediation, Instant now) {
        var last = remediation.history().getLast();
        var text = remediation.plan().title() + ": " + last.text();
        owner.note(now, Incident.Kind.REMEDIATION, last.by(), text);
    }
}
