package dev.kestrel.knowledge.lint;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.knowledge.Complaint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything the linter has to say.
 *
 * @param complaints sorted by place
 * @param pairs that their symptoms alone hardly tell apart, least separable first
 */
public record LintReport(
        String digest,
        int packs,
        int mechanisms,
        int examples,
        List<Complaint> complaints,
        List<Separability.Pair> pairs) {
    public LintReport {
        complaints = List.copyOf(complaints);
        pairs = List.copyOf(pairs);
    }

    /** Whether the packs may be used. */
    public boolean isClean() {
        return complaints.stream().noneMatch(c -> c.weight() == Complaint.Weight.ERROR);
    }

    /** For people: one complaint per line, {@code file:line: message}, and a summary. */
    public String text() {
        var text = new StringBuilder();
        complaints.forEach(complaint -> text.append(complaint).append('\n'));
        pairs.forEach(
                pair ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s and %s: %.2f nats%s%n",
                                        pair.one(),
                                        pair.other(),
                                        pair.nats(),
                                        pair.separated()
                                                ? ", told apart by an analyzer or an investigation"
                                                : "")));
        var errors = complaints.stream().filter(c -> c.weight() == Complaint.Weight.ERROR).count();
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%d packs, %d mechanisms, %d examples: %d errors, %d warnings (%s)",
                                packs,
                                mechanisms,
                                examples,
                                errors,
                                complaints.size() - errors,
                                digest))
                .toString();
    }

    /** For programs. */
    public String json() {
        var problems = new ArrayList<Object>();
        complaints.forEach(
                one ->
                        problems.add(
                                Map.of(
                                        "file", one.place().file(),
                                        "line", one.place().line(),
                                        "weight", one.weight().name(),
                                        "message", one.message())));
        var close = new ArrayList<Object>();
        pairs.forEach(
                pair ->
                        close.add(
                                Map.of(
                                        "one", pair.one(),
                                        "other", pair.other(),
                                        "nats", Math.round(pair.nats() * 100) / 100.0,
                                        "separated", pair.separated())));
        return CanonicalJson.write(
                Fields.of(
                        Map.of(
                                "digest", digest,
                                "clean", isClean(),
                                "packs", packs,
                                "mechanisms", mechanisms,
                                "examples", examples,
                                "complaints", problems,
                                "pairs", close)));
    }
}
