package dev.kestrel.domain.command;

import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.signal.Fields;

import java.time.Instant;
import java.util.List;

/** What a command did, as the operator reports it. */
public sealed interface Outcome {
    /** To {@link Command.Investigate}. */
    record Answered(Answer answer, Instant at) implements Outcome {}

    /**
     * To {@link Command.DryRun}: the API server would accept it.
     *
     * @param object as it would be
     * @param takesOverFrom managers that would lose fields
     */
    record WouldApply(Fields object, List<String> takesOverFrom) implements Outcome {
        public WouldApply {
            takesOverFrom = List.copyOf(takesOverFrom);
        }
    }

    /** To {@link Command.Apply} and {@link Command.Undo}. */
    record Applied(String resourceVersion, Instant at) implements Outcome {}

    /**
     * It was not done.
     *
     * @param ownedBy managers that own the fields, for {@link Reason#CONFLICT}
     */
    record Refused(Reason reason, String detail, List<String> ownedBy) implements Outcome {
        public Refused {
            ownedBy = List.copyOf(ownedBy);
        }
    }

    /** Why an operator refused. */
    enum Reason {
        WRITE_DISABLED,
        NAMESPACE_NOT_ALLOWED,
        KIND_NOT_ALLOWED,
        DIGEST_MISMATCH,
        /** The object is not any more what the plan was computed from. */
        DRIFTED,
        /** Another field manager owns the fields. */
        CONFLICT,
        /** Admission, validation or RBAC said no. */
        REJECTED_BY_API,
        NOT_FOUND,
        /** The API server could not be reached. */
        UNREACHABLE,
        APPROVAL_EXPIRED,
        MALFORMED
    }
}
