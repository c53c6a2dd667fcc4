package dev.kestrel.domain.access;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Users, their passwords' hashes and their refresh tokens. */
public interface Users {
    /** Finds a user by e-mail address across tenants, for signing in only. */
    CompletionStage<Optional<Account>> findByEmail(String email);

    /** Creates a tenant's user, or changes password and role of the one with that address. */
    CompletionStage<Principal> save(String tenant, String email, String passwordHash, Role role);

    /** Keeps a refresh token of a sign-in family. */
    CompletionStage<Boolean> keepRefresh(
            Principal principal, String family, byte[] tokenDigest, Instant expiresAt);

    /**
     * Uses a refresh token up and says whose it was. A token used twice ends its whole family,
     * because one of the two users stole it; then, and for unknown or expired ones, the answer is
     * empty.
     */
    CompletionStage<Optional<Refreshed>> useRefresh(byte[] tokenDigest, Instant now);

    /** Ends a sign-in family: signing out. */
    CompletionStage<Boolean> endFamily(String tenant, String family);

    record Account(Principal principal, String passwordHash) {}

    record Refreshed(Principal principal, String family) {}
}
