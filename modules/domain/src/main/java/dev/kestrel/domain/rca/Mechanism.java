package dev.kestrel.domain.rca;

import java.util.List;

/**
 * A kind of fault that the knowledge can name as a cause.
 *
 * @param title one sentence for people; {@code {resource}} stands for where it happened
 * @param share how often it is the cause where an incident exists, 0..1; split over its candidates
 * @param triggeredByChange probability that a change brought it about, 0..1
 * @param changePaths fields whose change makes the mechanism likely, for example {@code
 *     spec.template.spec.containers[*].resources}
 * @param analyzer id of the analyzer that recognises its signature; empty for none, and then it is
 *     never verified
 * @param fixes ids of fixes
 * @param noFix why there is none; empty where there are fixes
 * @param at file and line of the declaration
 */
public record Mechanism(
        String id,
        Subject on,
        String family,
        String title,
        double share,
        double triggeredByChange,
        List<String> changePaths,
        String analyzer,
        Condition when,
        List<String> fixes,
        String noFix,
        String at) {
    public Mechanism {
        changePaths = List.copyOf(changePaths);
        fixes = List.copyOf(fixes);
    }
}
