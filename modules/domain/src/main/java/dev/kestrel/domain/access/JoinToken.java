package dev.kestrel.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What a new cluster proves with that it was invited: shown once, used once, kept as a digest only.
 * Does not print itself.
 */
public final class JoinToken {
    private static final String PREFIX = "kst_";
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private JoinToken(String text) {
        this.text = text;
    }

    /**
     * A new token with 256 random bits.
     *
     * @param random must be cryptographically strong
     */
    public static JoinToken draw(RandomGenerator random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new JoinToken(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A token as somebody presents it; whether it is one shows only when it is redeemed. */
    public static JoinToken presented(String text) {
        return new JoinToken(text);
    }

    /** The token itself, to be shown once. */
    public String reveal() {
        return text;
    }

    /** SHA-256 of the token: what is kept and looked up. 256 random bits need no salt. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
