package dev.kestrel.quality.simulation;

import dev.kestrel.domain.signal.Journal;
import dev.kestrel.protocol.WireSignalCodec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What must be true of a customer's cluster once everything has calmed down. */
final class Verdict {
    private static final WireSignalCodec CODEC = new WireSignalCodec();

    /** What became durable or due so shortly before the end need not be told yet. */
    private static final Duration LATELY = Duration.ofSeconds(3);

    /** By then there is one owner, and it stays. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Customer customer;
    private final Ledger ledger;
    private final Instant end;

    Verdict(Customer customer, Instant end) {
        this.customer = customer;
        ledger = customer.ledger();
        this.end = end;
    }

    /** Throws what is wrong. */
    void mustHold() {
        if (customer.newest().held() > 0) {
            throw broken(customer.newest().held() + " signals are left in the spool");
        }
        if (ledger.claimedAt().isAfter(end.minus(SETTLED))) {
            throw broken("it is still claimed at " + ledger.claimedAt());
        }
        var history = ledger.history();
        customer.boots().forEach(boot -> whatItToldIsThereInOrder(boot, history));
        nobodyCouldTellThatOwnersChanged();
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
                    "%s told %d signals, the journal has %d, not the same"
                            .formatted(boot.bootId(), told.size(), kept.size()));
        }
    }

    private void nobodyCouldTellThatOwnersChanged() {
        var shadow = ledger.shadow();
        var lately = end.minus(LATELY);
        if (shadow.nextDue().isBefore(lately)) {
            throw broken("nobody let time pass since " + shadow.nextDue());
        }
        ledger.saved().mustBeAmong(shadow.concluded());
        shadow.revisions(ledger.offset(lately))
                .forEach(
                        (id, revision) -> {
                            var saved = ledger.saved().of(id);
                            if (saved.isEmpty() || saved.lastKey() < revision) {
                                throw broken(
                                        "%s should be at revision %d, is at %s"
                                                .formatted(id, revision, saved.keySet()));
                            }
                        });
    }

    private AssertionError broken(String what) {
        return new AssertionError(customer.ref() + ": " + what);
    }
}
