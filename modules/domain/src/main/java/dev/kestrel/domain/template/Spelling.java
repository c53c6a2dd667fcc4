package dev.kestrel.domain.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds which of the names that exist was meant by one that does not. */
public final class Spelling {
    private Spelling() {}

    /**
     * The name that is written most like the wanted one: by edit distance, then by alphabet. Empty
     * where even that one differs in more than half of its letters, so that it is another word.
     */
    public static Optional<String> nearest(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(wanted, name) * 2 <= longer(wanted, name))
                .min(
                        Comparator.<String>comparingInt(name -> distance(wanted, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int longer(String one, String other) {
        return Math.max(one.length(), other.length());
    }

    /** Letters to insert, remove or replace (Levenshtein 1966). */
    static int distance(String one, String other) {
        var above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var here = new int[other.length() + 1];
            here[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                here[j] = Math.min(replaced, Math.min(above[j], here[j - 1]) + 1);
            }
            above = here;
        }
        return above[other.length()];
    }
}
