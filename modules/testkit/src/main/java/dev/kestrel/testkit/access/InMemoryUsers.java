package dev.kestrel.testkit.access;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.access.Users;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users and their refresh tokens in maps. */
public final class InMemoryUsers implements Users {
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Token> tokens = new TreeMap<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<String> ended = new TreeSet<>();

    private record Token(String email, String tenant, String family, Instant expiresAt) {
        String familyKey() {
            return tenant + "/" + family;
        }
    }

    @Override
    public synchronized CompletionStage<Optional<Account>> findByEmail(String email) {
        return CompletableFuture.completedStage(Optional.ofNullable(accounts.get(fold(email))));
    }

    @Override
    public synchronized CompletionStage<Principal> save(
            String tenant, String email, String passwordHash, Role role) {
        var address = fold(email);
        var known = accounts.get(address);
        if (known != null && !known.principal().tenant().equals(tenant)) {
            return CompletableFuture.failedStage(
                    new IllegalArgumentException(
                            address + " belongs to another tenant: use another address"));
        }
        var principal = new Principal(tenant, "u-" + address, address, role);
        accounts.put(address, new Account(principal, passwordHash));
        return CompletableFuture.completedStage(principal);
    }

    @Override
    public synchronized CompletionStage<Boolean> keepRefresh(
            Principal principal, String family, byte[] tokenDigest, Instant expiresAt) {
        var token = new Token(principal.name(), principal.tenant(), family, expiresAt);
        if (ended.contains(token.familyKey())) {
            return CompletableFuture.completedStage(false);
        }
        tokens.put(HexFormat.of().formatHex(tokenDigest), token);
        return CompletableFuture.completedStage(true);
    }

    @Override
    public synchronized CompletionStage<Optional<Refreshed>> useRefresh(
            byte[] tokenDigest, Instant now) {
        var digest = HexFormat.of().formatHex(tokenDigest);
        var token = tokens.get(digest);
        if (token == null || !token.expiresAt().isAfter(now)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (!used.add(digest)) {
            ended.add(token.familyKey());
        }
        return CompletableFuture.completedStage(
                ended.contains(token.familyKey())
                        ? Optional.empty()
                        : Optional.ofNullable(accounts.get(token.email()))
                                .map(it -> new Refreshed(it.principal(), token.family())));
    }

    @Override
    public synchronized CompletionStage<Boolean> endFamily(String tenant, String family) {
        var known =
                tokens.values().stream()
                        .anyMatch(it -> it.familyKey().equals(tenant + "/" + family));
        return CompletableFuture.completedStage(known && ended.add(tenant + "/" + family));
    }

    private static String fold(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
