package dev.kestrel.domain.rca;

import dev.kestrel.domain.signal.ResourceRef;

import java.time.Instant;
import java.util.List;

/**
 * One step of a causal chain, from a state to the state it brought about, with the rule, the edge
 * of the topology and the evidence that ground it.
 *
 * @param rule id of the effect rule, {@code <from state> -> <to state>}
 * @param fromState mechanism or state id
 * @param relation how the two resources hang together, for example {@code SELECTS}; {@code self} on
 *     one resource
 * @param weight probability that the effect follows
 * @param seenAt when the effect was first seen; {@link Instant#EPOCH} when it is inferred
 * @param evidence ids of {@link dev.kestrel.domain.symptom.Evidence}
 */
public record Hop(
        String rule,
        String fromState,
        ResourceRef from,
        String toState,
        ResourceRef to,
        String relation,
        double weight,
        Status status,
        Instant seenAt,
        String text,
        List<String> evidence) {
    public Hop {
        evidence = List.copyOf(evidence);
    }

    /** How well a hop is grounded. */
    public enum Status {
        /** Both ends and the edge were seen, in the right order. */
        OBSERVED,
        /** Its effect is latent: nothing shows it directly. */
        INFERRED,
        /** An analyzer or an investigation confirmed it. */
        TESTED,
        /** The edge did not exist, or the order is wrong. */
        BROKEN
    }
}
