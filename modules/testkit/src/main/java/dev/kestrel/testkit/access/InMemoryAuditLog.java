package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.AuditChain;
import dev.kestrel.domain.access.AuditLog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Audit entries in a list per tenant. */
public final class InMemoryAuditLog implements AuditLog {
    private final Map<String, List<Entry>> entries = new TreeMap<>();

    @Override
    public synchronized CompletionStage<Entry> append(
            String tenant, String by, String action, String subject, String detail, Instant at) {
        var chain = of(tenant);
        var previous = chain.isEmpty() ? AuditChain.START : chain.getLast().hash();
        var entry =
                AuditChain.next(
                        tenant,
                        chain.size() + 1L,
                        previous,
                        new AuditChain.Deed(at, by, action, subject, detail));
        chain.add(entry);
        return CompletableFuture.completedStage(entry);
    }

    @Override
    public synchronized CompletionStage<List<Entry>> list(String tenant, long before, int limit) {
        return CompletableFuture.completedStage(
                of(tenant).stream()
                        .filter(entry -> entry.number() < before)
                        .sorted(Comparator.comparingLong(Entry::number).reversed())
                        .limit(limit)
                        .toList());
    }

    @Override
    public synchronized CompletionStage<Long> verify(String tenant) {
        var previous = AuditChain.START;
        var number = 1L;
        for (var entry : of(tenant)) {
            if (!AuditChain.follows(tenant, number, previous, entry)) {
                return CompletableFuture.completedStage(number);
            }
            previous = entry.hash();
            number++;
        }
        return CompletableFuture.completedStage(0L);
    }

    private List<Entry> of(String tenant) {
        return entries.computeIfAbsent(tenant, _ -> new ArrayList<>());
    }
}
