package dev.kestrel.domain.rca;

import java.time.Duration;

/**
 * That one state brings about another, on the same resource or along the edges of the topology.
 *
 * @param from mechanism or state
 * @param to state
 * @param weight probability that it follows, 0.01..0.99
 * @param lagLeast soonest that it follows
 * @param lagMost latest that it follows
 * @param given must hold for the resource it comes from
 * @param when must hold for the resource that is affected
 * @param at file and line of the declaration
 */
public record Effect(
        String from,
        String to,
        EffectPath path,
        Gate gate,
        double weight,
        Duration lagLeast,
        Duration lagMost,
        Condition given,
        Condition when,
        String at) {
    /** How several causes of one state combine. */
    public enum Gate {
        /** Any one suffices: noisy or. */
        ANY,
        /** All of them are needed: noisy and. */
        ALL
    }

    /** Names the rule in hops and complaints. */
    public String id() {
        return from + " -> " + to;
    }
}
