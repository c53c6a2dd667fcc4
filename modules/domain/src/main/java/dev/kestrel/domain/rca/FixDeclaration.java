package dev.kestrel.domain.rca;

import java.time.Duration;
import java.util.List;

/**
 * What the knowledge says about a fix; how it is computed from the live object is code of the same
 * id.
 *
 * @param risk 0 (harmless) to 3 (may hurt)
 * @param explanation for people; words in braces are filled in by the computation
 * @param post what must be true afterwards
 * @param at file and line of the declaration
 */
public record FixDeclaration(
        String id, String title, int risk, String explanation, List<Post> post, String at) {
    public FixDeclaration {
        post = List.copyOf(post);
    }

    /**
     * A symptom that must be gone in time.
     *
     * @param state id of an observable state, on the resource of the cause or on one it reaches
     */
    public record Post(String state, Duration within) {}
}
