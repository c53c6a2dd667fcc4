package dev.kestrel.domain.rca;

import java.time.Duration;

/**
 * A cause that may be behind a symptom, found by walking the effects backwards.
 *
 * @param weight probability that the cause shows this symptom, along the strongest path
 * @param lagLeast soonest that the symptom follows
 * @param lagMost latest that the symptom follows
 * @param dependents resources that the cause would reach on the way; 1 where it stays on one
 * @param hub the path leads through something that many depend on: a node, DNS, a called service
 */
public record Anchor(
        Cause cause,
        double weight,
        Duration lagLeast,
        Duration lagMost,
        int dependents,
        boolean hub) {
    /** How much it says that two symptoms share this cause: little where many could. */
    public double specificity() {
        return weight * Math.log(2) / Math.log(2.0 + dependents);
    }
}
