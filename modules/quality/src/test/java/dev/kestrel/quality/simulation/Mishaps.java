package dev.kestrel.quality.simulation;

import java.time.Duration;

/** What the run lets go wrong between a node and the store. */
interface Mishaps {
    /** Whether a call, or its answer, is lost. */
    boolean isLost();

    /** How much longer than usual a call takes. */
    Duration delay();

    /** A call of the node was done, and the answer is not back: the moment to die. */
    void onDone(VirtualNode node);
}
