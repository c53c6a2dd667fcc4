package dev.kestrel.domain.reasoning;

import dev.kestrel.domain.access.Role.Permission;
import dev.kestrel.domain.incident.Incident.Kind;
import dev.kestrel.domain.incident.Incident.Status;
import dev.kestrel.domain.remediation.Verdict.Refusal;
import dev.kestrel.domain.remediation.Word;

import java.time.Instant;
import java.util.Optional;

/** What people say about an incident, and what it does to it. */
final class Words {
    private final Casebook casebook;

    Words(Casebook casebook) {
        this.casebook = casebook;
    }

    Optional<Refusal> take(Case subject, Word word, Instant now) {
        if (!word.by().may(Permission.RESPOND)) {
            return Optional.of(Refusal.NOT_PERMITTED);
        }
        var by = word.by().name();
        return switch (word) {
            case Word.Approve _, Word.Reject _ -> {
                var remedies = new Remedies(subject);
                var refusal = remedies.decide(word, now);
                casebook.send(remedies.commands(), subject, now);
                yield refusal;
            }
            case Word.Acknowledge _ -> {
                if (subject.incident().status() == Status.OPEN) {
                    subject.status(Status.ACKNOWLEDGED, now);
                    subject.note(now, Kind.HUMAN, by, "acknowledged");
                }
                yield Optional.empty();
            }
            case Word.Resolve resolve -> {
                subject.note(now, Kind.HUMAN, by, "resolved by hand. " + resolve.comment());
                casebook.close(subject, "a person said so", now);
                yield Optional.empty();
            }
            case Word.Judge judge -> {
                subject.note(
                        now,
                        Kind.HUMAN,
                        by,
                        (judge.right() ? "the diagnosis is right. " : "the diagnosis is wrong. ")
                                + judge.comment());
                yield Optional.empty();
            }
        };
    }
}
