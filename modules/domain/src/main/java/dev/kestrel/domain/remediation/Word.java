package dev.kestrel.domain.remediation;

import dev.kestrel.domain.access.Principal;

/**
 * What a person said about an incident. The principal comes from the session, never from the
 * message.
 */
public sealed interface Word {
    Principal by();

    /**
     * Apply this plan.
     *
     * @param digest of the manifest the person saw
     */
    record Approve(Principal by, String remediation, String digest) implements Word {}

    record Reject(Principal by, String remediation, RejectReason reason, String comment)
            implements Word {}

    record Acknowledge(Principal by) implements Word {}

    /** The incident is over, whatever the symptoms say. */
    record Resolve(Principal by, String comment) implements Word {}

    /** The first hypothesis is right, or wrong. */
    record Judge(Principal by, boolean right, String comment) implements Word {}

    /** Why a fix was rejected; each is used differently. */
    enum RejectReason {
        WRONG_CAUSE,
        RIGHT_CAUSE_WRONG_FIX,
        TOO_RISKY,
        ALREADY_DOING_IT,
        BAD_TIMING
    }
}
