package dev.kestrel.quality.simulation;

/** What the run decides about every message on a stream, and what it wants to see of it. */
interface Watch {
    /** Whether a message is to be duplicated, overtaken or late. */
    boolean isTroubled();

    /** Highest sequence of a boot that is in the journal. */
    long journalled(String bootId);

    /** The gateway ended a stream. */
    void onRefused();
}
