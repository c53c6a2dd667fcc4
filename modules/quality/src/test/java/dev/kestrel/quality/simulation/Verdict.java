package dev.kestrel.quality.simulation;

import dev.kestrel.bus.SealedJson;
import dev.kestrel.domain.reasoning.ClusterReasoning;
import dev.kestrel.domain.reasoning.Effect;
import dev.kestrel.domain.reasoning.Input;
import dev.kestrel.domain.reasoning.Thinking;
import dev.kestrel.domain.remediation.Word;
import dev.kestrel.domain.signal.Journal;
import dev.kestrel.protocol.WireSignalCodec;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What must be true of a customer's cluster once everything has calmed down. */
final class Verdict {
    private static final WireSignalCodec CODEC = new WireSignalCodec();

    /** What became due so shortly before the end, or by how much clocks differ, may be missing. */
    private static final Duration LATELY = Duration.ofSeconds(3);

    /** By then there is one owner, and it stays. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Customer customer;
    private final Ledger ledger;
    private final Thinking thinking;
    private final Instant end;
    private final Set<String> decided = new HashSet<>();

    Verdict(Customer customer, Thinking thinking, Instant end) {
        this.customer = customer;
        ledger = customer.ledger();
        this.thinking = thinking;
        this.end = end;
    }

    /** Throws what is wrong. */
    void mustHold() {
        if (customer.newest().held() > 0) {
            throw broken("%d signals are left in the spool", customer.newest().held());
        }
        if (ledger.claimedAt().isAfter(end.minus(SETTLED))) {
            throw broken("it is still claimed at %s", ledger.claimedAt());
        }
        var history = ledger.history();
        customer.boots().forEach(boot -> whatItToldIsThereInOrder(boot, history));
        nobodyCouldTellThatOwnersChanged(history);
    }

    /** Only the last boot was given the time to say everything. */
    private void whatItToldIsThereInOrder(OperatorProcess boot, List<Journal.Entry> history) {
        var kept =
                history.stream()
                        .filter(entry -> entry.kind() == Journal.Kind.BATCH)
                        .filter(entry -> entry.bootId().equals(boot.bootId()))
                        .flatMap(entry -> CODEC.decode(entry.body()).signals().stream())
                        .toList();
        var told = boot.told();
        var due = boot == customer.newest() ? told.size() : Math.min(kept.size(), told.size());
        if (!kept.equals(told.subList(0, due))) {
            throw broken(
                    "%s told %d signals, the journal has %d, not the same",
                    boot.bootId(), told.size(), kept.size());
        }
    }

    private void nobodyCouldTellThatOwnersChanged(List<Journal.Entry> history) {
        var expected = new Conclusions();
        var reasoning = ClusterReasoning.begin(customer.ref(), thinking);
        for (var entry : history) {
            var input = input(entry);
            var effects = reasoning.on(input, entry.receivedAt());
            decidedOnce(input, effects);
            expected.add(effects);
        }
        expected.add(reasoning.advance(end.minus(LATELY)));
        var due = new TreeMap<String, Long>();
        expected.ids().forEach(id -> due.put(id, expected.of(id).lastKey()));
        expected.add(reasoning.advance(end.plus(LATELY)));

        ledger.saved().mustBeAmong(expected);
        due.forEach(
                (id, revision) -> {
                    var saved = ledger.saved().of(id);
                    if (saved.isEmpty() || saved.lastKey() < revision) {
                        throw broken(
                                "%s should be at revision %d, is at %s",
                                id, revision, saved.keySet());
                    }
                });
    }

    private void decidedOnce(Input input, List<Effect> effects) {
        if (input instanceof Input.WordSpoken(var incident, Word word)
                && effects.stream()
                        .anyMatch(it -> it instanceof Effect.WordAnswered one && one.taken())) {
            var fix =
                    switch (word) {
                        case Word.Approve approve -> approve.remediation();
                        case Word.Reject reject -> reject.remediation();
                        case Word.Acknowledge _, Word.Resolve _, Word.Judge _ -> "";
                    };
            if (!fix.isEmpty() && !decided.add(fix)) {
                throw broken("two decisions about %s of %s took effect", fix, incident);
            }
        }
    }

    private static Input input(Journal.Entry entry) {
        return switch (entry.kind()) {
            case BATCH -> new Input.Telemetry(CODEC.decode(entry.body()));
            case INPUT -> SealedJson.read(entry.body(), Said.class).input();
        };
    }

    /** As the engine writes it. */
    record Said(Input input) {}

    private AssertionError broken(String what, Object... arguments) {
        return new AssertionError(customer.ref() + ": " + what.formatted(arguments));
    }
}
