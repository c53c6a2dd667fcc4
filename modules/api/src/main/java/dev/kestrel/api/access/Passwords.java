package dev.kestrel.api.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Turns passwords into what may be kept of them: PBKDF2 with HMAC-SHA256, 600,000 rounds and a salt
 * of its own each. Takes a fifth of a second on purpose, so never on an event loop.
 */
public final class Passwords {
    /** As many as OWASP asks for with this function. */
    private static final int ROUNDS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final String SCHEME = "pbkdf2-sha256";

    /** Of no password; compared against where there is no user, so that both take as long. */
    static final String OF_NOBODY =
            SCHEME + "$" + ROUNDS + "$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43);

    private Passwords() {}

    /**
     * What to keep.
     *
     * @param random must be cryptographically strong
     */
    public static String hash(String password, RandomGenerator random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return String.join(
                "$",
                SCHEME,
                Integer.toString(ROUNDS),
                encode(salt),
                encode(derive(password, salt, ROUNDS)));
    }

    /** Whether the password is the one that was kept; takes the same time when it is not. */
    static boolean matches(String password, String kept) {
        var parts = kept.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalStateException(
                    "a password was kept by a scheme that is not known here");
        }
        var decoder = Base64.getUrlDecoder();
        var derived = derive(password, decoder.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, decoder.decode(parts[3]));
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
