package dev.kestrel.api.access;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.api.http.Call;
import dev.kestrel.api.http.Code;
import dev.kestrel.api.http.Problem;
import dev.kestrel.domain.access.AuditLog;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Users;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Signs people in, keeps them signed in, and signs them out. For one event loop. */
public final class Sessions {
    /**
     * Each holds a core for a fifth of a second: who comes later than this waits too long anyway.
     */
    private static final int PASSWORDS_AT_ONCE = 20;

    private final Users users;
    private final AuditLog audit;
    private final AccessTokens tokens;
    private final SignInLimit limit;
    private final WorkerExecutor workers;
    private final SecureRandom random;
    private final Duration refreshLife;
    private final ApiMetrics metrics;
    private int checking;

    /** What sessions need from outside. */
    public record Needs(
            Users users,
            AuditLog audit,
            AccessTokens tokens,
            WorkerExecutor workers,
            SecureRandom random,
            Duration refreshLife,
            ApiMetrics metrics) {}

    public Sessions(Needs needs) {
        users = needs.users();
        audit = needs.audit();
        tokens = needs.tokens();
        limit = new SignInLimit(needs.metrics());
        workers = needs.workers();
        random = needs.random();
        refreshLife = needs.refreshLife();
        metrics = needs.metrics();
    }

    /** A principal who is signed in, and what they prove it with. */
    record Session(Principal principal, String accessToken, String refreshToken) {}

    Duration accessLife() {
        return tokens.life();
    }

    Duration refreshLife() {
        return refreshLife;
    }

    Future<Session> signIn(Call call, String email, String password) {
        limit.take(call.address(), email, call.at());
        return call.wait(users.findByEmail(email))
                .compose(
                        account ->
                                matches(password, account)
                                        .compose(
                                                right ->
                                                        right && account.isPresent()
                                                                ? welcome(
                                                                        call,
                                                                        email,
                                                                        account.get().principal())
                                                                : turnAway(call, account)));
    }

    private Future<Boolean> matches(String password, Optional<Users.Account> account) {
        if (checking >= PASSWORDS_AT_ONCE) {
            metrics.limitHit("passwords");
            throw Problem.tooMany("Too many people sign in right now.", Duration.ofSeconds(5))
                    .raised();
        }
        checking++;
        var kept = account.map(Users.Account::passwordHash).orElse(Passwords.OF_NOBODY);
        return workers.executeBlocking(() -> Passwords.matches(password, kept), false)
                .onComplete(_ -> checking--);
    }

    private Future<Session> welcome(Call call, String email, Principal principal) {
        limit.giveBack(call.address(), email, call.at());
        metrics.signedIn("signed_in");
        return record(call, principal, "session.sign_in")
                .compose(_ -> issue(call, principal, HexFormat.of().formatHex(bytes(16))));
    }

    private Future<Session> turnAway(Call call, Optional<Users.Account> account) {
        metrics.signedIn("wrong_credentials");
        var wrong =
                Problem.of(Code.WRONG_CREDENTIALS, "Nobody has this address and this password.")
                        .raised();
        return account.map(it -> record(call, it.principal(), "session.sign_in_refused"))
                .orElseGet(Future::succeededFuture)
                .compose(_ -> Future.failedFuture(wrong));
    }

    private Future<Void> record(Call call, Principal principal, String action) {
        return call.wait(
                        audit.append(
                                principal.tenant(),
                                principal.name(),
                                action,
                                "user/" + principal.user(),
                                "from " + call.address(),
                                call.at()))
                .mapEmpty();
    }

    Future<Session> refresh(Call call, String token) {
        limit.takeRefresh(call.address(), call.at());
        return call.wait(users.useRefresh(digest(token), call.at()))
                .compose(
                        found ->
                                found.map(
                                                it -> {
                                                    metrics.signedIn("refreshed");
                                                    return issue(call, it.principal(), it.family());
                                                })
                                        .orElseGet(this::refreshRefused));
    }

    private Future<Session> refreshRefused() {
        metrics.signedIn("refresh_refused");
        return Future.failedFuture(
                Problem.of(Code.NOT_SIGNED_IN, "The refresh cookie is missing, used or has ended.")
                        .raised());
    }

    private Future<Session> issue(Call call, Principal principal, String family) {
        var refresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
        return call.wait(
                        users.keepRefresh(
                                principal, family, digest(refresh), call.at().plus(refreshLife)))
                .compose(
                        kept ->
                                kept
                                        ? Future.succeededFuture(
                                                new Session(
                                                        principal,
                                                        tokens.issue(principal),
                                                        refresh))
                                        : refreshRefused());
    }

    /**
     * Using the token up says which sign-in it belongs to; a token that is worth nothing is fine.
     */
    Future<Void> signOut(Call call, String token) {
        return call.wait(users.useRefresh(digest(token), call.at()))
                .compose(
                        found ->
                                found.map(
                                                it ->
                                                        call.wait(
                                                                        users.endFamily(
                                                                                it.principal()
                                                                                        .tenant(),
                                                                                it.family()))
                                                                .compose(
                                                                        _ ->
                                                                                record(
                                                                                        call,
                                                                                        it
                                                                                                .principal(),
                                                                                        "session.sign_out")))
                                        .orElseGet(Future::succeededFuture));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
