package dev.kestrel.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

/** Only the password itself matches what was kept of it, and that tells nothing about it. */
class PasswordsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void onlyTheSamePasswordMatches() {
        var kept = Passwords.hash("Tr0ub4dor", RANDOM);

        assertThat(Passwords.matches("Tr0ub4dor", kept)).isTrue();
        assertThat(Passwords.matches("tr0ub4dor", kept)).isFalse();
        assertThat(kept).startsWith("pbkdf2-sha256$600000$").doesNotContain("Tr0ub4dor");
    }

    @Test
    void theSamePasswordIsKeptDifferentlyEachTime() {
        assertThat(Passwords.hash("same", RANDOM)).isNotEqualTo(Passwords.hash("same", RANDOM));
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(Passwords.matches("", Passwords.OF_NOBODY)).isFalse();
    }
}
