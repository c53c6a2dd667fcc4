package dev.kestrel.domain.command;

import dev.kestrel.domain.investigation.Question;

import java.time.Duration;
import java.time.Instant;

/**
 * Something an operator is asked to do. Asked again under the same id, it gives the first outcome
 * again.
 */
public sealed interface Command {
    /** Unique within the cluster; at most 64 characters. */
    String id();

    /** Ask a read-only question. */
    record Investigate(String id, Question question, Duration timeout) implements Command {}

    /** The answer is not needed any more. */
    record CancelInvestigation(String id) implements Command {}

    /** Ask the API server whether a manifest would be accepted. */
    record DryRun(String id, Manifest manifest) implements Command {}

    /** Apply an approved manifest. */
    record Apply(String id, Manifest manifest, String approvedBy, Instant expiresAt)
            implements Command {}

    /**
     * Take back an earlier {@link Apply}.
     *
     * @param manifest the inverse, as planned and shown before approval
     */
    record Undo(String id, String applyId, Manifest manifest, Instant expiresAt)
            implements Command {}
}
