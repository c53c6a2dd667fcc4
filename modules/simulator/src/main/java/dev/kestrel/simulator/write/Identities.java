package dev.kestrel.simulator.write;

import java.util.random.RandomGenerator;

/** Makes uids and name suffixes from one source of chance, so that a seed fixes them all. */
public final class Identities {
    /** The letters Kubernetes uses: none that could spell a word or be mistaken. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private final RandomGenerator chance;

    public Identities(RandomGenerator chance) {
        this.chance = chance;
    }

    public String uid() {
        long high = (chance.nextLong() & ~0xF000L) | 0x4000L;
        long low = (chance.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new java.util.UUID(high, low).toString();
    }

    /** Five letters for a generated name. */
    public String suffix() {
        var text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A text's hash in the same letters, as ReplicaSet names carry it. */
    public static String hash(String text) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 16777619;
        }
        var digits = Integer.toUnsignedString(hash);
        var letters = new StringBuilder();
        digits.chars().forEach(digit -> letters.append(ALPHABET.charAt(digit % ALPHABET.length())));
        return letters.toString();
    }
}
