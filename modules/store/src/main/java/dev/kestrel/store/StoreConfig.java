package dev.kestrel.store;

import java.time.Duration;

/**
 * Which database, and how much of it is used.
 *
 * @param ownerUrl {@code postgresql://user:password@host:port/database} of the role that owns the
 *     tables; used for migrations only
 * @param applicationUrl the same for the role that everything else runs as; it must not own tables,
 *     bypass row-level security or be a superuser. Empty: a role {@code kestrel_app} is made, with
 *     a password derived from the owner's
 * @param connections open at most at once, 2 or more
 * @param journalRetention how long a journal entry is kept at least, even when a checkpoint covers
 *     it
 * @param journalQueueEntries entries that may wait for the database; beyond that appends fail
 */
public record StoreConfig(
        String ownerUrl,
        String applicationUrl,
        int connections,
        Duration journalRetention,
        int journalQueueEntries) {
    public StoreConfig {
        if (connections < 2) {
            throw new IllegalArgumentException(
                    "database connections: at least 2 are needed, one for the journal and one for"
                            + " the rest, but %d were given".formatted(connections));
        }
    }

    /** Defaults for everything but the address. */
    public static StoreConfig at(String ownerUrl) {
        return new StoreConfig(ownerUrl, "", 8, Duration.ZERO, 100_000);
    }

    /** Without the passwords that the addresses hold. */
    @Override
    public String toString() {
        return "StoreConfig[connections=%d, journalRetention=%s, journalQueueEntries=%d]"
                .formatted(connections, journalRetention, journalQueueEntries);
    }
}
