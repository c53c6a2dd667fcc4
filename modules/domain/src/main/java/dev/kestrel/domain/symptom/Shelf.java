package dev.kestrel.domain.symptom;

import java.util.ArrayList;
import java.util.List;

/** Chooses which evidence a symptom keeps: the first that was seen, and the newest. */
final class Shelf {
    static final int LIMIT = 8;
    private static final int FIRST = 3;

    private Shelf() {}

    /** Adds evidence; the same words about the same object only replace the older copy. */
    static List<Evidence> add(List<Evidence> kept, List<Evidence> fresh) {
        var all = new ArrayList<>(kept);
        for (var evidence : fresh) {
            if (!isFirstOfItsWords(all, evidence)) {
                all.add(evidence);
            }
            while (all.size() > LIMIT) {
                all.remove(FIRST);
            }
        }
        return List.copyOf(all);
    }

    private static boolean isFirstOfItsWords(List<Evidence> kept, Evidence fresh) {
        return kept.stream()
                .anyMatch(
                        old ->
                                old.about().equals(fresh.about())
                                        && old.summary().equals(fresh.summary())
                                        && old.excerpt().equals(fresh.excerpt()));
    }
}
