package dev.kestrel.api.access;

import dev.kestrel.api.ApiMetrics;
import dev.kestrel.api.http.Problem;
import dev.kestrel.api.http.Rates;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How often a password may be tried: five times a minute for an account, twenty from an address.
 * Who signs in does not use it up.
 */
final class SignInLimit {
    private static final double MINUTE = 60.0;

    private final Rates<String> accounts = new Rates<>(5 / MINUTE, 5);
    private final Rates<String> addresses = new Rates<>(20 / MINUTE, 20);
    private final Rates<String> refreshes = new Rates<>(60 / MINUTE, 60);
    private final ApiMetrics metrics;

    SignInLimit(ApiMetrics metrics) {
        this.metrics = metrics;
    }

    void take(String address, String email, Instant now) {
        check(addresses.take(address, now), "from this address");
        check(accounts.take(fold(email), now), "for this account");
    }

    void giveBack(String address, String email, Instant now) {
        addresses.giveBack(address, now);
        accounts.giveBack(fold(email), now);
    }

    void takeRefresh(String address, Instant now) {
        check(refreshes.take(address, now), "from this address");
    }

    private void check(Duration wait, String where) {
        if (wait.isPositive()) {
            metrics.limitHit("sign_in");
            throw Problem.tooMany("Too many attempts to sign in %s.".formatted(where), wait)
                    .raised();
        }
    }

    private static String fold(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
