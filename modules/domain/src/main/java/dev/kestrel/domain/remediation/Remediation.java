package dev.kestrel.domain.remediation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan on its way from proposal to verified, or to one of the ends that are not.
 *
 * @param id unique within the incident; the same on every replay
 * @param expiresAt after this a proposal can no longer be approved
 * @param takesOverFrom field managers that lose fields, as the dry-run said
 * @param history what happened, oldest first
 */
public record Remediation(
        String id,
        Plan plan,
        Phase phase,
        Instant proposedAt,
        Instant expiresAt,
        List<String> takesOverFrom,
        List<Step> history) {
    public Remediation {
        takesOverFrom = List.copyOf(takesOverFrom);
        history = List.copyOf(history);
    }

    /** The same one step further. */
    Remediation in(Phase next, String by, String text, Instant now) {
        var steps = new ArrayList<>(history);
        steps.add(new Step(now, next, by, text));
        return new Remediation(id, plan, next, proposedAt, expiresAt, takesOverFrom, steps);
    }

    Remediation expiring(Instant at) {
        return new Remediation(id, plan, phase, proposedAt, at, takesOverFrom, history);
    }

    Remediation takingOver(List<String> managers) {
        return new Remediation(id, plan, phase, proposedAt, expiresAt, managers, history);
    }

    /** Where a remediation is. */
    public enum Phase {
        /** Waits for the API server's word on it. */
        VALIDATING,
        /** Waits for a person. */
        PROPOSED,
        /**
         * Cannot be applied as it stands: write mode off, another owner, refused by the API. Shown
         * with the reason.
         */
        BLOCKED,
        /** Approved, on its way to the cluster. */
        APPROVED,
        /** Applied; the post-conditions are watched. */
        VERIFYING,
        VERIFIED,
        /** Made things worse or did not help; being taken back. */
        UNDOING,
        UNDONE,
        REJECTED,
        EXPIRED,
        /** Overtaken: the object changed, or the incident ended by itself. */
        WITHDRAWN,
        FAILED;

        /** Nothing more will happen to it. */
        public boolean isOver() {
            return switch (this) {
                case VALIDATING, PROPOSED, BLOCKED, APPROVED, VERIFYING, UNDOING -> false;
                case VERIFIED, UNDONE, REJECTED, EXPIRED, WITHDRAWN, FAILED -> true;
            };
        }
    }

    /**
     * One thing that happened.
     *
     * @param by a person, or {@code kestrel}, or {@code operator}
     */
    public record Step(Instant at, Phase phase, String by, String text) {}
}
