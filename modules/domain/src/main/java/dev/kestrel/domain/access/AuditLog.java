package dev.kestrel.domain.access;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who did what, append only; each entry carries the hash of the one before, so that a gap or an
 * edit shows.
 */
public interface AuditLog {
    CompletionStage<Entry> append(
            String tenant, String by, String action, String subject, String detail, Instant at);

    /**
     * Newest first, at most {@code limit}, before the given number; {@link Long#MAX_VALUE} for the
     * newest.
     */
    CompletionStage<List<Entry>> list(String tenant, long before, int limit);

    /** Number of the first entry whose chain is broken; 0 when it is whole. */
    CompletionStage<Long> verify(String tenant);

    /**
     * Something that was done, and by whom.
     *
     * @param number from 1 within the tenant
     * @param hash SHA-256 over the previous hash and this entry's fields, lower-case hex
     */
    record Entry(
            long number,
            Instant at,
            String by,
            String action,
            String subject,
            String detail,
            String hash) {}
}
