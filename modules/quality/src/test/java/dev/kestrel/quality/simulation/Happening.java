package dev.kestrel.quality.simulation;

/**
 * What a run may meet. A test of many seeds demands that each was met often: what never happens
 * proves nothing.
 */
enum Happening {
    NODE_KILLED,
    NODE_KILLED_BEFORE_THE_ANSWER,
    NODE_PAUSED,
    NODE_DRAINED,
    STREAM_BROKEN,
    OPERATOR_RESTARTED,
    NODE_CUT_FROM_STORE,
    NODES_CUT_APART,
    OPERATOR_CUT_OFF,
    CUT_IN_ONE_DIRECTION,
    STORE_RESTARTED,
    STORE_SLOW,
    LEASE_LATE,
    CLOCK_JUMPED,
    MESSAGE_DOUBLED,
    MESSAGE_LATE,
    CALL_LOST,
    OUTCOME_LOST,
    STREAM_ENDED_BY_GATEWAY,
    WRITE_FENCED,
    OWNER_CHANGED,
    ENTRY_JOURNALLED,
    CHECKPOINT_SAVED,
    REVISION_SAVED,
    WORD_TAKEN,
    WORD_REFUSED,
    WORD_REPEATED,
    WORD_LATE,
    WORD_OF_WRONG_DIGEST,
    FIX_REJECTED,
    COMMAND_REPEATED,
    FIX_APPLIED
}
